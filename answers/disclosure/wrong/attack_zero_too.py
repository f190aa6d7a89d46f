# shows: Cells that did not change are reported, too.
# loses: [check_difference_attack]
# teaches: Cells in which nobody came are on the list. Whom does a difference of zero find?
# %% difference_attack
def difference_attack(first, second, threshold=5):
    changes = second.reindex(index=first.index, columns=first.columns) - first
    found = [(a, g, v) for a, line in changes.iterrows() for g, v in line.items() if abs(v) < threshold]
    return pd.DataFrame(found, columns=["area", "group", "difference"])
