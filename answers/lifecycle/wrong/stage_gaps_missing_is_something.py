# shows: A missing text counts as something said.
# loses: [check_stage_gaps]
# teaches: A text is missing, and you read it as something. Fill it before you look.
# %% stage_gaps
def stage_gaps(plan):
    rows = plan.set_index("stage").astype({"what": str, "who": str}).to_dict("index")
    kept_until = rows.get("archive", {}).get("date", pd.NaT)

    def gap(stage):
        if stage not in rows:
            return "left out"
        row = rows[stage]
        if not row["what"].strip():
            return "nothing said"
        if not row["who"].strip():
            return "nobody named"
        if stage in ("archive", "destroy") and pd.isna(row["date"]):
            return "no date"
        return "too early" if stage == "destroy" and row["date"] <= kept_until else None

    gaps = {stage: gap(stage) for stage in ["plan", "collect", "store", "use", "share", "archive", "destroy"]}
    return {stage: found for stage, found in gaps.items() if found}
