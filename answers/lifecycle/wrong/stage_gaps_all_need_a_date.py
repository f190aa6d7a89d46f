# shows: Each stage has to have a date.
# loses: [check_stage_gaps]
# teaches: You ask for dates that the docstring does not ask for.
# %% stage_gaps
def stage_gaps(plan):
    rows = plan.set_index("stage").fillna({"what": "", "who": ""}).to_dict("index")
    kept_until = rows.get("archive", {}).get("date", pd.NaT)

    def gap(stage):
        if stage not in rows:
            return "left out"
        row = rows[stage]
        if not row["what"].strip():
            return "nothing said"
        if not row["who"].strip():
            return "nobody named"
        if pd.isna(row["date"]):
            return "no date"
        return "too early" if stage == "destroy" and row["date"] <= kept_until else None

    gaps = {stage: gap(stage) for stage in ["plan", "collect", "store", "use", "share", "archive", "destroy"]}
    return {stage: found for stage, found in gaps.items() if found}
