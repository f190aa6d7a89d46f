# shows: A way that nobody knows allows everything.
# loses: [check_chain_allows]
# teaches: 'For an empty list all() is True. Nobody knows this way: is that a permission?'
# %% chain_allows
def chain_allows(licences, use, rules):
    return all(licence_allows(licence, use, rules) for licence in licences)
