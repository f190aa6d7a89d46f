# shows: Only the last step is asked, from whom you have the table.
# loses: [check_chain_allows]
# teaches: Only the one from whom you have the table is asked. Could they give more than they had?
# %% chain_allows
def chain_allows(licences, use, rules):
    return licence_allows(licences[-1] if licences else None, use, rules)
