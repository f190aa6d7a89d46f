# shows: A missing count is taken as zero.
# loses: [check_reconcile]
# teaches: A source without a number appears with a count of 0. Did it say that nobody was ill?
# %% reconcile
def reconcile(ours, theirs, tolerance):
    both = pd.concat([ours.rename("ours"), theirs.rename("theirs")], axis=1).sort_index().fillna(0)
    low, high, known = both.min(axis=1), both.max(axis=1), both.notna().sum(axis=1)
    status = known.map({0: "no data", 1: "one source", 2: "differ"})
    status = status.mask((known == 2) & (high <= (1 + tolerance) * low), "agree")
    ratio = both["ours"] / both["theirs"].mask(both["theirs"] == 0)
    return pd.DataFrame({"ratio": ratio, "status": status, "low": low, "high": high})
