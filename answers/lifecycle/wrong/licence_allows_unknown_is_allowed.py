# shows: A licence that is not known is read as allowed.
# loses: [check_licence_allows, check_chain_allows]
# teaches: You allow what nobody has allowed. What does the row unknown say?
# %% licence_allows
def licence_allows(licence, use, rules):
    if use not in rules.columns:
        raise ValueError(use)
    rows = {name.lower(): name for name in rules.index}
    row = rows.get((licence or "unknown").lower(), "unknown")
    return True if row == "unknown" else bool(rules.loc[row, use])
# %% chain_allows
def chain_allows(licences, use, rules):
    return all(bool(rules.loc[each, use]) for each in licences if each is not None)
