# shows: What is well known (C) is stated as the law.
# loses: [check_usable]
# teaches: A fact without a source is stated. What do the four letters mean?
# %% usable
def usable(facts):
    good = facts["certainty"].isin(["A", "B", "C"]) & facts["citation"].fillna("").str.strip().ne("")
    return facts[good], facts[~good]
