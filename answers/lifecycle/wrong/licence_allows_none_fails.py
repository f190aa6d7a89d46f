# shows: A licence that nobody stated raises an error.
# loses: [check_licence_allows, check_chain_allows]
# teaches: None stands for a licence that nobody stated. It is an answer to look up, not an error.
# %% licence_allows
def licence_allows(licence, use, rules):
    if use not in rules.columns:
        raise ValueError(use)
    rows = {name.lower(): name for name in rules.index}
    return bool(rules.loc[rows.get(licence.lower(), "unknown"), use])
