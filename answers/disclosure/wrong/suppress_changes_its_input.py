# shows: The counts are withheld in the table that was given.
# loses: [check_suppress]
# teaches: The true table is overwritten. Who will need it tomorrow?
# %% suppress
def suppress(table, threshold=5):
    areas, groups = list(table.index[:-1]), list(table.columns[:-1])
    inner = table.iloc[:-1, :-1]
    table.iloc[:-1, :-1] = inner.mask((inner > 0) & (inner < threshold))
    if table.isna().any(axis=None) and min(len(areas), len(groups)) < 2:
        raise ValueError("join areas or groups first")
    for area, group in can_be_recovered(table):
        if (area, group) not in can_be_recovered(table):
            continue
        line = next(each for each in areas if each != area)
        other = next(each for each in groups if each != group)
        table.loc[[area, line], [group, other]] = np.nan
    return table
