# shows: The function adds a row to the table of rules that it was given.
# loses: [check_licence_allows]
# teaches: The table of rules has one more row after your function. Look up without writing.
# %% licence_allows
def licence_allows(licence, use, rules):
    if use not in rules.columns:
        raise ValueError(use)
    rows = {name.lower(): name for name in rules.index}
    name = rows.get((licence or "unknown").lower())
    if name is None:
        rules.loc[licence] = rules.loc["unknown"]
        name = licence
    return bool(rules.loc[name, use])
