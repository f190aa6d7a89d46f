# shows: A whole number in the least-squares solution is taken for the true count.
# loses: [check_can_be_recovered]
# teaches: One solution is taken for the only one. Is there another one that fits the totals as well?
# %% can_be_recovered
def can_be_recovered(table):
    areas, groups = table.index[:-1], table.columns[:-1]
    cells = [(a, g) for a in areas for g in groups if pd.isna(table.at[a, g])]
    if not cells:
        return []
    lines = np.array([[c[0] == a for c in cells] for a in areas] + [[c[1] == g for c in cells] for g in groups], float)
    inner = table.iloc[:-1, :-1]
    rest = np.concatenate(
        [table["total"].iloc[:-1] - inner.sum(axis=1), table.iloc[-1, :-1] - inner.sum()]
    ).astype(float)
    found = np.linalg.lstsq(lines, rest, rcond=None)[0]
    return [cell for cell, value in zip(cells, found, strict=True) if abs(value - round(value)) < 1e-9]
