# shows: The plan that was given is sorted and filled in its place.
# loses: [check_stage_gaps]
# teaches: The plan looks different after your function. Work on a copy.
# %% stage_gaps
def stage_gaps(plan):
    plan.fillna({"what": "", "who": ""}, inplace=True)
    plan.sort_values("stage", inplace=True)
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

    gaps = {stage: gap(stage) for stage in ["plan", "collect", "store", "use", "share", "archive", "destroy"]}
    return {stage: found for stage, found in gaps.items() if found}
