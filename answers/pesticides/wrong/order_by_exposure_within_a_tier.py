# shows: Within a tier the schools stand by exposure, which claims an order again.
# loses: [check_notice_order]
# teaches: Within a tier you still rank the schools. Which order claims nothing?
# %% notice_order
def notice_order(ranges: pd.DataFrame) -> pd.DataFrame:
    named = ranges.rename_axis("school").reset_index().sort_values("school")
    known = named.dropna(subset=["exposure"]).sort_values("exposure", ascending=False, kind="stable")
    tiers, floor = {}, math.inf
    for row in known.itertuples():
        if row.high < floor:
            number, floor = len(set(tiers.values())) + 1, row.low
        tiers[row.school] = number
    order = pd.concat([known, named[named["exposure"].isna()]])[["school"]].assign(tier=lambda rows: rows["school"].map(tiers).astype(float))
    return order.sort_values("tier", kind="stable", ignore_index=True)
