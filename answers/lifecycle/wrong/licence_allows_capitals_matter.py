# shows: A licence in small letters is not found.
# loses: [check_licence_allows]
# teaches: Written in small letters, a licence that has a row is not found. Is it another one?
# %% licence_allows
def licence_allows(licence, use, rules):
    if use not in rules.columns:
        raise ValueError(use)
    return bool(rules.loc[licence if licence in rules.index else "unknown", use])
