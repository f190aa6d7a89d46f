# shows: Where no cell is found the table has no columns.
# loses: [check_difference_attack]
# teaches: Where nobody is found, the table has no columns. A table without rows has its columns all the same.
# %% difference_attack
def difference_attack(first, second, threshold=5):
    changes = second.reindex(index=first.index, columns=first.columns) - first
    return pd.DataFrame(
        [
            {"area": a, "group": g, "difference": v}
            for a, line in changes.iterrows()
            for g, v in line.items()
            if 0 < abs(v) < threshold
        ]
    )
