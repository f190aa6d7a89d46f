# shows: The ratio is the wrong way round.
# loses: [check_compare_sources]
# teaches: Is a ratio above 1 more in our table, or more in theirs?
# %% compare_sources
def compare_sources(ours, theirs, tolerance):
    both = pd.concat([ours.rename("ours"), theirs.rename("theirs")], axis=1).sort_index()
    ratio = both["theirs"] / both["ours"].mask(both["ours"] == 0)
    agree = ((ratio - 1).abs() <= tolerance) | ((both["ours"] == 0) & (both["theirs"] == 0))
    finding = pd.Series("differ", index=both.index).mask(agree, "agree")
    finding = finding.mask(both["theirs"].isna(), "only ours").mask(both["ours"].isna(), "only theirs")
    return both.assign(ratio=ratio, finding=finding.mask(both[["ours", "theirs"]].isna().all(axis=1), "no number"))
