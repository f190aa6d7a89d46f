# shows: Two counts of 0 are called different.
# loses: [check_compare_sources]
# teaches: Both sources counted nobody. Do they differ?
# %% compare_sources
def compare_sources(ours, theirs, tolerance):
    both = pd.concat([ours.rename("ours"), theirs.rename("theirs")], axis=1).sort_index()
    ratio = both["ours"] / both["theirs"].mask(both["theirs"] == 0)
    agree = ((ratio - 1).abs() <= tolerance)
    finding = pd.Series("differ", index=both.index).mask(agree, "agree")
    finding = finding.mask(both["theirs"].isna(), "only ours").mask(both["ours"].isna(), "only theirs")
    return both.assign(ratio=ratio, finding=finding.mask(both[["ours", "theirs"]].isna().all(axis=1), "no number"))
