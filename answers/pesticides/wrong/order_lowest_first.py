# shows: The school with the lowest exposure comes first.
# loses: [check_notice_order]
# teaches: "Who needs notice first: the school with more, or with less?"
# %% notice_order
def notice_order(ranges: pd.DataFrame) -> pd.DataFrame:
    named = ranges.rename_axis("school").reset_index().sort_values("school")
    known = named.dropna(subset=["exposure"]).sort_values("exposure", kind="stable")
    tiers, floor = {}, math.inf
    for row in known.itertuples():
        if row.high < floor or row.low > floor:
            number, floor = len(set(tiers.values())) + 1, row.low
        tiers[row.school] = number
    order = named[["school"]].assign(tier=named["school"].map(tiers).astype(float))
    return order.sort_values("tier", kind="stable", ignore_index=True)
