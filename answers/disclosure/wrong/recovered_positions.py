# shows: Positions are returned, not names.
# loses: [check_can_be_recovered, check_suppress]
# teaches: The cells are numbers. A reader of the list needs the names of area and group.
# %% can_be_recovered
def can_be_recovered(table):
    areas, groups = table.index[:-1], table.columns[:-1]
    cells = [(a, g) for a in areas for g in groups if pd.isna(table.at[a, g])]
    lines = np.array([[c[0] == a for c in cells] for a in areas] + [[c[1] == g for c in cells] for g in groups], float)
    known = np.diag(np.linalg.pinv(lines) @ lines)
    return [
        (areas.get_loc(a), groups.get_loc(g)) for (a, g), share in zip(cells, known, strict=True) if np.isclose(share, 1)
    ]
