# shows: The squares by integer division of arrays, the ratio from arrays, lists in place of tuples.
# %% location_mask
def location_mask(homes, k, side):
    if k < 2 or side <= 0:
        raise ValueError("too small")
    points = homes[["x", "y"]].to_numpy(dtype=float)
    points = points[~np.isnan(points).any(axis=1)]
    squares, counts = np.unique(np.floor_divide(points, side), axis=0, return_counts=True)
    middle = squares[counts >= k] * side + side / 2
    table = pd.DataFrame(middle, columns=["x", "y"]).assign(homes=counts[counts >= k])
    return [table, int(len(homes) - counts[counts >= k].sum())]
# %% rate_ratio
def rate_ratio(schools):
    exposed, visits, pupils = schools[["exposed", "visits", "pupils"]].to_numpy(dtype=float).T
    whole = ~np.isnan(exposed + visits + pupils)
    high, low = whole & (exposed == 1), whole & (exposed == 0)
    counts = np.array([visits[high].sum(), visits[low].sum()])
    people = np.array([pupils[high].sum(), pupils[low].sum()])
    if (counts == 0).any() or (people == 0).any():
        raise ValueError("an empty group")
    ratio = counts[0] / people[0] / (counts[1] / people[1])
    error = np.sqrt((1 / counts).sum())
    return [ratio, *(ratio * np.exp([-1.96 * error, 1.96 * error]))]
# %% notice_order
def notice_order(ranges):
    table = ranges.reset_index(names="school").sort_values(["exposure", "school"], ascending=[False, True])
    tier, opener, tiers = 0, None, []
    for low, high in table[["low", "high"]].to_numpy():
        if np.isnan(low):
            tiers.append(np.nan)
            continue
        if tier == 0 or high < opener:
            tier += 1
            opener = low
        tiers.append(tier)
    table["tier"] = np.array(tiers, dtype=float)
    return table.sort_values(["tier", "school"], na_position="last")[["school", "tier"]]
