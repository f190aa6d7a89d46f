# shows: A ratio exactly at the tolerance is called different.
# loses: [check_compare_sources]
# teaches: "Not further from 1 than the tolerance: does the edge belong to it?"
# %% compare_sources
def compare_sources(ours, theirs, tolerance):
    both = pd.concat([ours.rename("ours"), theirs.rename("theirs")], axis=1).sort_index()
    ratio = both["ours"] / both["theirs"].mask(both["theirs"] == 0)
    agree = ((ratio - 1).abs() < tolerance) | ((both["ours"] == 0) & (both["theirs"] == 0))
    finding = pd.Series("differ", index=both.index).mask(agree, "agree")
    finding = finding.mask(both["theirs"].isna(), "only ours").mask(both["ours"].isna(), "only theirs")
    return both.assign(ratio=ratio, finding=finding.mask(both[["ours", "theirs"]].isna().all(axis=1), "no number"))
