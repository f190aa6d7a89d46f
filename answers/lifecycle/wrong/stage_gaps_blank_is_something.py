# shows: A blank text counts as something said.
# loses: [check_stage_gaps]
# teaches: A row with blanks says nothing. Take them away before you look.
# %% stage_gaps
def stage_gaps(plan):
    rows = plan.set_index("stage").fillna({"what": "", "who": ""}).to_dict("index")
    kept_until = rows.get("archive", {}).get("date", pd.NaT)

    def gap(stage):
        if stage not in rows:
            return "left out"
        row = rows[stage]
        if not row["what"]:
            return "nothing said"
        if not row["who"]:
            return "nobody named"
        if stage in ("archive", "destroy") and pd.isna(row["date"]):
            return "no date"
        return "too early" if stage == "destroy" and row["date"] <= kept_until else None

    gaps = {stage: gap(stage) for stage in ["plan", "collect", "store", "use", "share", "archive", "destroy"]}
    return {stage: found for stage, found in gaps.items() if found}
