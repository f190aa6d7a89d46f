# shows: Totals are left out.
# loses: [check_difference_attack]
# teaches: A total is left out. Can nobody subtract totals?
# %% difference_attack
def difference_attack(first, second, threshold=5):
    changes = second.reindex(index=first.index, columns=first.columns) - first
    changes = changes.drop(index="total", columns="total", errors="ignore")
    found = [(a, g, v) for a, line in changes.iterrows() for g, v in line.items() if 0 < abs(v) < threshold]
    return pd.DataFrame(found, columns=["area", "group", "difference"])
