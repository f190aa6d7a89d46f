# shows: Only what was read at the source (A) is stated.
# loses: [check_usable]
# teaches: A sourced fact is held back. Which letters may be stated?
# %% usable
def usable(facts):
    good = facts["certainty"].eq("A") & facts["citation"].fillna("").str.strip().ne("")
    return facts[good], facts[~good]
