# shows: The cells are listed column by column.
# loses: [check_can_be_recovered]
# teaches: The cells are right and in another order. In which order does one read a table?
# %% can_be_recovered
def can_be_recovered(table):
    areas, groups = table.index[:-1], table.columns[:-1]
    cells = [(a, g) for g in groups for a in areas if pd.isna(table.at[a, g])]
    lines = np.array([[c[0] == a for c in cells] for a in areas] + [[c[1] == g for c in cells] for g in groups], float)
    known = np.diag(np.linalg.pinv(lines) @ lines)
    return [cell for cell, share in zip(cells, known, strict=True) if np.isclose(share, 1)]
