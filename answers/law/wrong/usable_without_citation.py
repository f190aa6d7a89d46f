# shows: The citation is not looked at.
# loses: [check_usable]
# teaches: A rule is stated that nobody can look up. Look at its citation too.
# %% usable
def usable(facts):
    good = facts["certainty"].isin(["A", "B"])
    return facts[good], facts[~good]
