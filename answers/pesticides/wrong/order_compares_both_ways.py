# shows: A school joins the tier only if its exposure lies within the range of the one that opened it.
# loses: [check_notice_order]
# teaches: You ask whether the middle of one range lies in the other. What has to overlap?
# %% notice_order
def notice_order(ranges: pd.DataFrame) -> pd.DataFrame:
    named = ranges.rename_axis("school").reset_index().sort_values("school")
    known = named.dropna(subset=["exposure"]).sort_values("exposure", ascending=False, kind="stable")
    tiers, floor = {}, math.inf
    for row in known.itertuples():
        if row.exposure < floor:
            number, floor = len(set(tiers.values())) + 1, row.low
        tiers[row.school] = number
    order = named[["school"]].assign(tier=named["school"].map(tiers).astype(float))
    return order.sort_values("tier", kind="stable", ignore_index=True)
