# shows: Only the rows of the plan are looked at, not the stages.
# loses: [check_stage_gaps]
# teaches: A stage without a row is the greatest gap of all. Begin with the stages, not with the rows.
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
        if stage in ("archive", "destroy") and pd.isna(row["date"]):
            return "no date"
        return "too early" if stage == "destroy" and row["date"] <= kept_until else None

    gaps = {stage: gap(stage) for stage in STAGES if stage in rows}
    return {stage: found for stage, found in gaps.items() if found}
