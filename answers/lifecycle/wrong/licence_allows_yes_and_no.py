# shows: The answer is the text yes or no.
# loses: [check_licence_allows, check_chain_allows]
# teaches: Return True or False. Each text that is not empty counts as true, no too.
# %% licence_allows
def licence_allows(licence, use, rules):
    if use not in rules.columns:
        raise ValueError(use)
    rows = {name.lower(): name for name in rules.index}
    return "yes" if rules.loc[rows.get((licence or "unknown").lower(), "unknown"), use] else "no"
