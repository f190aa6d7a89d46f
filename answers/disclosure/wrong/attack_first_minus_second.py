# shows: The tables are subtracted the wrong way round.
# loses: [check_difference_attack]
# teaches: The sign is the other way round. Which table is the newer one?
# %% difference_attack
def difference_attack(first, second, threshold=5):
    changes = first - second.reindex(index=first.index, columns=first.columns)
    found = [(a, g, v) for a, line in changes.iterrows() for g, v in line.items() if 0 < abs(v) < threshold]
    return pd.DataFrame(found, columns=["area", "group", "difference"])
