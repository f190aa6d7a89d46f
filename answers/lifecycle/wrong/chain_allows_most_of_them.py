# shows: More than half of the steps are enough.
# loses: [check_chain_allows]
# teaches: Most of them allow it. Licences are no vote.
# %% chain_allows
def chain_allows(licences, use, rules):
    answers = [licence_allows(licence, use, rules) for licence in licences or [None]]
    return sum(answers) * 2 > len(answers)
