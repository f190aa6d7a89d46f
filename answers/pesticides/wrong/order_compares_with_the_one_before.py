# shows: Each school is compared with the one before it, so that a chain of overlaps makes one tier.
# loses: [check_notice_order]
# teaches: A overlaps B, and B overlaps C. Does A overlap C? With whom is a school compared?
# %% notice_order
def notice_order(ranges: pd.DataFrame) -> pd.DataFrame:
    named = ranges.rename_axis("school").reset_index().sort_values("school")
    known = named.dropna(subset=["exposure"]).sort_values("exposure", ascending=False, kind="stable")
    tiers, floor = {}, math.inf
    for row in known.itertuples():
        if row.high < floor:
            number, floor = len(set(tiers.values())) + 1, row.low
        tiers[row.school], floor = number, row.low
    order = named[["school"]].assign(tier=named["school"].map(tiers).astype(float))
    return order.sort_values("tier", kind="stable", ignore_index=True)
