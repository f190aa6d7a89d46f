# shows: The ratio may not be further from 1 than the tolerance, so it matters which source is above.
# loses: [check_reconcile]
# teaches: Swap the two sources. Does your rule say the same of each country?
# %% reconcile
def reconcile(ours, theirs, tolerance):
    both = pd.concat([ours.rename("ours"), theirs.rename("theirs")], axis=1).sort_index()
    low, high, known = both.min(axis=1), both.max(axis=1), both.notna().sum(axis=1)
    status = known.map({0: "no data", 1: "one source", 2: "differ"})
    status = status.mask((known == 2) & (((both["ours"] / both["theirs"] - 1).abs() <= tolerance) | ((both["ours"] == 0) & (both["theirs"] == 0))), "agree")
    ratio = both["ours"] / both["theirs"].mask(both["theirs"] == 0)
    return pd.DataFrame({"ratio": ratio, "status": status, "low": low, "high": high})
