# shows: Both tables are sorted by certainty.
# loses: [check_usable]
# teaches: The right facts come in another order. Which order does the docstring ask for?
# %% usable
def usable(facts):
    ranked = facts.sort_values("certainty", kind="stable")
    good = ranked["certainty"].isin(["A", "B"]) & ranked["citation"].fillna("").str.strip().ne("")
    return ranked[good], ranked[~good]
