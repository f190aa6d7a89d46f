# shows: The threshold is always 5.
# loses: [check_difference_attack]
# teaches: The threshold that is given is not used. Other offices have other ones.
# %% difference_attack
def difference_attack(first, second, threshold=5):
    changes = second.reindex(index=first.index, columns=first.columns) - first
    found = [(a, g, v) for a, line in changes.iterrows() for g, v in line.items() if 0 < abs(v) < 5]
    return pd.DataFrame(found, columns=["area", "group", "difference"])
