# shows: Only the first step is asked.
# loses: [check_chain_allows]
# teaches: Only the first one is asked. Those who changed the table later have rights in it too.
# %% chain_allows
def chain_allows(licences, use, rules):
    return licence_allows(licences[0] if licences else None, use, rules)
