# shows: A table of one area or one group is withheld as far as it goes, without an error.
# loses: [check_suppress]
# teaches: 'In a table of one group the totals tell the same as the counts. Nothing can be hidden there: say so.'
# %% suppress
def suppress(table, threshold=5):
    areas, groups = list(table.index[:-1]), list(table.columns[:-1])
    safe = table.astype(float)
    inner = safe.iloc[:-1, :-1]
    safe.iloc[:-1, :-1] = inner.mask((inner > 0) & (inner < threshold))
    if min(len(areas), len(groups)) < 2:
        return safe
    for area, group in can_be_recovered(safe):
        if (area, group) not in can_be_recovered(safe):
            continue
        line = next(each for each in areas if each != area)
        other = next(each for each in groups if each != group)
        safe.loc[[area, line], [group, other]] = np.nan
    return safe
