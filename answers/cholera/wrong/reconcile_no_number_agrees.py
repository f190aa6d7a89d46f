# shows: Where nobody has a number, the sources are said to agree.
# loses: [check_reconcile]
# teaches: Nobody has a number. Is this agreement?
# %% reconcile
def reconcile(ours, theirs, tolerance):
    both = pd.concat([ours.rename("ours"), theirs.rename("theirs")], axis=1).sort_index()
    low, high, known = both.min(axis=1), both.max(axis=1), both.notna().sum(axis=1)
    status = known.map({0: "agree", 1: "one source", 2: "differ"})
    status = status.mask((known == 2) & (high <= (1 + tolerance) * low), "agree")
    ratio = both["ours"] / both["theirs"].mask(both["theirs"] == 0)
    return pd.DataFrame({"ratio": ratio, "status": status, "low": low, "high": high})
