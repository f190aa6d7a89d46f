# shows: The difference is divided by the larger count.
# loses: [check_reconcile]
# teaches: Above what is the larger count so many percent? You divide by the other one.
# %% reconcile
def reconcile(ours, theirs, tolerance):
    both = pd.concat([ours.rename("ours"), theirs.rename("theirs")], axis=1).sort_index()
    low, high, known = both.min(axis=1), both.max(axis=1), both.notna().sum(axis=1)
    status = known.map({0: "no data", 1: "one source", 2: "differ"})
    status = status.mask((known == 2) & (high - low <= tolerance * high), "agree")
    ratio = both["ours"] / both["theirs"].mask(both["theirs"] == 0)
    return pd.DataFrame({"ratio": ratio, "status": status, "low": low, "high": high})
