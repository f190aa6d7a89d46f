# shows: A licence without a row forbids each use, your own too.
# loses: [check_licence_allows]
# teaches: You forbid more than the row unknown does. Look it up as the other rows.
# %% licence_allows
def licence_allows(licence, use, rules):
    if use not in rules.columns:
        raise ValueError(use)
    rows = {name.lower(): name for name in rules.index}
    row = rows.get((licence or "").lower())
    return bool(rules.loc[row, use]) if row else False
