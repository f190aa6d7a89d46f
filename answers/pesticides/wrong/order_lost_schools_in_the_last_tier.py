# shows: Schools that are on no map get the last tier, as if they had no exposure.
# loses: [check_notice_order]
# teaches: A school on no map has a tier here. Does anybody know that it can wait?
# %% notice_order
def notice_order(ranges: pd.DataFrame) -> pd.DataFrame:
    named = ranges.rename_axis("school").reset_index().sort_values("school")
    known = named.dropna(subset=["exposure"]).sort_values("exposure", ascending=False, kind="stable")
    tiers, floor = {}, math.inf
    for row in known.itertuples():
        if row.high < floor:
            number, floor = len(set(tiers.values())) + 1, row.low
        tiers[row.school] = number
    tiers |= dict.fromkeys(set(named["school"]) - set(tiers), len(set(tiers.values())) + 1)
    order = named[["school"]].assign(tier=named["school"].map(tiers).astype(float))
    return order.sort_values("tier", kind="stable", ignore_index=True)
