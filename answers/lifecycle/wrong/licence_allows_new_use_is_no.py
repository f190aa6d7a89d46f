# shows: A use without a column is answered with False.
# loses: [check_licence_allows]
# teaches: The rules say nothing about this use, and you answered. How do you say that there is no answer?
# %% licence_allows
def licence_allows(licence, use, rules):
    if use not in rules.columns:
        return False
    rows = {name.lower(): name for name in rules.index}
    return bool(rules.loc[rows.get((licence or "unknown").lower(), "unknown"), use])
