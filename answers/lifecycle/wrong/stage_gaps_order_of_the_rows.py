# shows: The gaps stand in the order of the rows.
# loses: [check_stage_gaps]
# teaches: The order is that of the plan's rows. Which order does a reader know?
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

    ordered = [each for each in plan["stage"] if each in STAGES] + [each for each in STAGES if each not in rows]
    gaps = {stage: gap(stage) for stage in ordered}
    return {stage: found for stage, found in gaps.items() if found}
