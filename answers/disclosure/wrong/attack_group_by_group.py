# shows: The cells are listed column by column.
# loses: [check_difference_attack]
# teaches: The cells are right and in another order. In which order does one read a table?
# %% difference_attack
def difference_attack(first, second, threshold=5):
    changes = second.reindex(index=first.index, columns=first.columns) - first
    found = [(a, g, v) for g, line in changes.items() for a, v in line.items() if 0 < abs(v) < threshold]
    return pd.DataFrame(found, columns=["area", "group", "difference"])
