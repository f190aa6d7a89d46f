# shows: Those who stated nothing are passed by.
# loses: [check_chain_allows]
# teaches: One on the way stated nothing, and you left them out. What may be done with a table of theirs?
# %% chain_allows
def chain_allows(licences, use, rules):
    stated = [licence for licence in licences if licence is not None]
    return all(licence_allows(licence, use, rules) for licence in stated or [None])
