# shows: A count of zero is treated as small.
# loses: [check_suppress]
# teaches: A zero is treated as a small count. What does the docstring say of a count of 0?
# %% suppress
def suppress(table, threshold=5):
    areas, groups = list(table.index[:-1]), list(table.columns[:-1])
    safe = table.astype(float)
    inner = safe.iloc[:-1, :-1]
    safe.iloc[:-1, :-1] = inner.mask(inner < threshold)
    if safe.isna().any(axis=None) and min(len(areas), len(groups)) < 2:
        raise ValueError("join areas or groups first")
    for area, group in can_be_recovered(safe):
        if (area, group) not in can_be_recovered(safe):
            continue
        line = next(each for each in areas if each != area)
        other = next(each for each in groups if each != group)
        safe.loc[[area, line], [group, other]] = np.nan
    return safe
