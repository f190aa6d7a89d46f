# shows: Only counts that grow are looked at.
# loses: [check_difference_attack]
# teaches: A count that goes down gives somebody away, too. Which differences does the function pass by?
# %% difference_attack
def difference_attack(first, second, threshold=5):
    changes = second.reindex(index=first.index, columns=first.columns) - first
    found = [(a, g, v) for a, line in changes.iterrows() for g, v in line.items() if 0 < v < threshold]
    return pd.DataFrame(found, columns=["area", "group", "difference"])
