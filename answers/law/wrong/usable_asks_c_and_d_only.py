# shows: The list to ask holds C and D only; facts without certainty or citation are in neither table.
# loses: [check_usable]
# teaches: Some facts are in neither table. Which rows does your second table leave out?
# %% usable
def usable(facts):
    cited = facts["citation"].fillna("").str.strip() != ""
    return facts[facts["certainty"].isin(["A", "B"]) & cited], facts[facts["certainty"].isin(["C", "D"])]
