# shows: Only the first and the last step are asked.
# loses: [check_chain_allows]
# teaches: A step in the middle is left out. Ask each one on the way.
# %% chain_allows
def chain_allows(licences, use, rules):
    ends = [licences[0], licences[-1]] if licences else [None]
    return all(licence_allows(licence, use, rules) for licence in ends)
