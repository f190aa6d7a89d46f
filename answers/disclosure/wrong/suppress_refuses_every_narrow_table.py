# shows: A table of one area or one group is refused even if nothing in it is small.
# loses: [check_suppress]
# teaches: A table in which nothing is small is refused. What is there to hide?
# %% suppress
def suppress(table, threshold=5):
    areas, groups = list(table.index[:-1]), list(table.columns[:-1])
    if min(len(areas), len(groups)) < 2:
        raise ValueError("join areas or groups first")
    safe = table.astype(float)
    inner = safe.iloc[:-1, :-1]
    safe.iloc[:-1, :-1] = inner.mask((inner > 0) & (inner < threshold))
    for area, group in can_be_recovered(safe):
        if (area, group) not in can_be_recovered(safe):
            continue
        line = next(each for each in areas if each != area)
        other = next(each for each in groups if each != group)
        safe.loc[[area, line], [group, other]] = np.nan
    return safe
