# shows: A withheld count is taken for zero before subtracting.
# loses: [check_difference_attack]
# teaches: A withheld count is treated as zero, and a group is found that nobody can see. Missing is not zero.
# %% difference_attack
def difference_attack(first, second, threshold=5):
    changes = second.reindex(index=first.index, columns=first.columns).fillna(0) - first.fillna(0)
    found = [(a, g, v) for a, line in changes.iterrows() for g, v in line.items() if 0 < abs(v) < threshold]
    return pd.DataFrame(found, columns=["area", "group", "difference"])
