# shows: A licence is found by the beginning of its name.
# loses: [check_licence_allows]
# teaches: You have found a row whose name only begins alike. CC-BY alone is not CC-BY-NC-4.0.
# %% licence_allows
def licence_allows(licence, use, rules):
    if use not in rules.columns:
        raise ValueError(use)
    wanted = (licence or "unknown").lower()
    same = [name for name in rules.index if name.lower().startswith(wanted)]
    return bool(rules.loc[same[0] if same else "unknown", use])
