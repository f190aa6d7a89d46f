# shows: The ratio is theirs divided by ours.
# loses: [check_reconcile]
# teaches: Which of the two counts belongs above the line?
# %% reconcile
def reconcile(ours, theirs, tolerance):
    both = pd.concat([ours.rename("ours"), theirs.rename("theirs")], axis=1).sort_index()
    low, high, known = both.min(axis=1), both.max(axis=1), both.notna().sum(axis=1)
    status = known.map({0: "no data", 1: "one source", 2: "differ"})
    status = status.mask((known == 2) & (high <= (1 + tolerance) * low), "agree")
    ratio = both["theirs"] / both["ours"].mask(both["ours"] == 0)
    return pd.DataFrame({"ratio": ratio, "status": status, "low": low, "high": high})
