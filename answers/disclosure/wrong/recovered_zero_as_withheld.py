# shows: A zero that is shown is treated as a withheld count.
# loses: [check_can_be_recovered, check_suppress]
# teaches: A zero that is shown is treated as withheld. Zero is a number that the reader sees.
# %% can_be_recovered
def can_be_recovered(table):
    areas, groups = table.index[:-1], table.columns[:-1]
    cells = [(a, g) for a in areas for g in groups if not table.at[a, g] > 0]
    lines = np.array([[c[0] == a for c in cells] for a in areas] + [[c[1] == g for c in cells] for g in groups], float)
    known = np.diag(np.linalg.pinv(lines) @ lines)
    return [c for c, share in zip(cells, known, strict=True) if np.isclose(share, 1) and pd.isna(table.at[c])]
