# shows: A difference that is equal to the tolerance counts as too large.
# loses: [check_reconcile]
# teaches: Look at a pair that lies exactly at the tolerance. At most includes the edge.
# %% reconcile
def reconcile(ours, theirs, tolerance):
    both = pd.concat([ours.rename("ours"), theirs.rename("theirs")], axis=1).sort_index()
    low, high, known = both.min(axis=1), both.max(axis=1), both.notna().sum(axis=1)
    status = known.map({0: "no data", 1: "one source", 2: "differ"})
    status = status.mask((known == 2) & ((high < (1 + tolerance) * low) | (high == low)), "agree")
    ratio = both["ours"] / both["theirs"].mask(both["theirs"] == 0)
    return pd.DataFrame({"ratio": ratio, "status": status, "low": low, "high": high})
