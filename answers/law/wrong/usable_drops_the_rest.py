# shows: 'What may not be stated is dropped without a word: one table comes back.'
# loses: [check_usable]
# teaches: What cannot be stated is gone. Who will ask about it?
# %% usable
def usable(facts):
    return facts[facts["certainty"].isin(["A", "B"]) & facts["citation"].fillna("").str.strip().ne("")]
