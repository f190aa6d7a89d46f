# shows: Small counts of the second table are reported, instead of small differences.
# loses: [check_difference_attack]
# teaches: The list has counts that are small in one table. What does the journalist do with two tables?
# %% difference_attack
def difference_attack(first, second, threshold=5):
    found = [(a, g, v) for a, line in second.iterrows() for g, v in line.items() if 0 < v < threshold]
    return pd.DataFrame(found, columns=["area", "group", "difference"])
