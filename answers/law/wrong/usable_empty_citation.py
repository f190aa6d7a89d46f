# shows: Only a missing citation counts as none; an empty one, or one of blanks, passes.
# loses: [check_usable]
# teaches: A citation can be there and say nothing. Which texts say nothing?
# %% usable
def usable(facts):
    good = facts["certainty"].isin(["A", "B"]) & facts["citation"].notna()
    return facts[good], facts[~good]
