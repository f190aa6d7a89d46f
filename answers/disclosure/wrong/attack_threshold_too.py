# shows: A difference of just the threshold counts as small.
# loses: [check_difference_attack]
# teaches: A group of just the threshold is called small. Is it "below" or "at most"?
# %% difference_attack
def difference_attack(first, second, threshold=5):
    changes = second.reindex(index=first.index, columns=first.columns) - first
    found = [(a, g, v) for a, line in changes.iterrows() for g, v in line.items() if 0 < abs(v) <= threshold]
    return pd.DataFrame(found, columns=["area", "group", "difference"])
