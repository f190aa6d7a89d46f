# shows: Countries of one source only are dropped.
# loses: [check_reconcile]
# teaches: A join that keeps only common countries loses those that one source does not have. Which ones does the meeting have to hear about?
# %% reconcile
def reconcile(ours, theirs, tolerance):
    both = pd.concat([ours.rename("ours"), theirs.rename("theirs")], axis=1, join="inner").sort_index()
    low, high, known = both.min(axis=1), both.max(axis=1), both.notna().sum(axis=1)
    status = known.map({0: "no data", 1: "one source", 2: "differ"})
    status = status.mask((known == 2) & (high <= (1 + tolerance) * low), "agree")
    ratio = both["ours"] / both["theirs"].mask(both["theirs"] == 0)
    return pd.DataFrame({"ratio": ratio, "status": status, "low": low, "high": high})
