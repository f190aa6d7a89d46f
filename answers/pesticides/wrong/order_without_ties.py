# shows: Each school has a tier of its own, though the ranges overlap.
# loses: [check_notice_order]
# teaches: You claim an order among schools that the reports do not tell apart. Look at their ranges.
# %% notice_order
def notice_order(ranges: pd.DataFrame) -> pd.DataFrame:
    named = ranges.rename_axis("school").reset_index().sort_values("school")
    known = named.dropna(subset=["exposure"]).sort_values("exposure", ascending=False, kind="stable")
    tiers, floor = {}, math.inf
    for row in known.itertuples():
        if True:
            number, floor = len(set(tiers.values())) + 1, row.low
        tiers[row.school] = number
    order = named[["school"]].assign(tier=named["school"].map(tiers).astype(float))
    return order.sort_values("tier", kind="stable", ignore_index=True)
