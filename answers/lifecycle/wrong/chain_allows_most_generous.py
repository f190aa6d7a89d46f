# shows: One step that allows the use is enough.
# loses: [check_chain_allows]
# teaches: One on the way allows it and another does not. Which of them decides?
# %% chain_allows
def chain_allows(licences, use, rules):
    return any(licence_allows(licence, use, rules) for licence in licences or [None])
