# shows: The tables are subtracted by position, not by the names of areas and groups.
# loses: [check_difference_attack]
# teaches: Areas are compared by their place in the table. What if the second table has another order?
# %% difference_attack
def difference_attack(first, second, threshold=5):
    height, width = min(len(first), len(second)), min(first.shape[1], second.shape[1])
    changes = first.iloc[:height, :width].copy()
    changes[:] = second.to_numpy()[:height, :width] - first.to_numpy()[:height, :width]
    found = [(a, g, v) for a, line in changes.iterrows() for g, v in line.items() if 0 < abs(v) < threshold]
    return pd.DataFrame(found, columns=["area", "group", "difference"])
