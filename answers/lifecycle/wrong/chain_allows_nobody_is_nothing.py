# shows: A way that nobody knows allows nothing, whatever the rules say.
# loses: [check_chain_allows]
# teaches: For a way that nobody knows you decide by yourself. Which row of the rules decides?
# %% chain_allows
def chain_allows(licences, use, rules):
    return bool(licences) and all(licence_allows(licence, use, rules) for licence in licences)
