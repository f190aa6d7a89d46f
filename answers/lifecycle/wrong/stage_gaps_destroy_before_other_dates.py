# shows: Destroying is compared with the latest date of all stages.
# loses: [check_stage_gaps]
# teaches: You compare with a date that has nothing to do with keeping.
# %% stage_gaps
def stage_gaps(plan):
    rows = plan.set_index("stage").fillna({"what": "", "who": ""}).to_dict("index")
    kept_until = plan.loc[plan["stage"] != "destroy", "date"].max()

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
