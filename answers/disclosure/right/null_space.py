# shows: The null space of the equations; rectangles in any order; noise by a random sign.
# %% difference_attack
def difference_attack(first, second, threshold=5):
    areas = [area for area in first.index if area in set(second.index)]
    groups = [group for group in first.columns if group in set(second.columns)]
    change = (second.loc[areas, groups] - first.loc[areas, groups]).to_numpy(dtype=float)
    found = np.argwhere((change != 0) & (np.abs(change) < threshold))
    return pd.DataFrame(
        {
            "area": [areas[row] for row, _ in found],
            "group": [groups[column] for _, column in found],
            "difference": [change[row, column] for row, column in found],
        }
    )
# %% can_be_recovered
def can_be_recovered(table):
    hidden = table.iloc[:-1, :-1].isna().to_numpy()
    cells = np.argwhere(hidden)
    if not len(cells):
        return []
    lines = np.array(
        [cells[:, 0] == row for row in range(hidden.shape[0])] + [cells[:, 1] == col for col in range(hidden.shape[1])],
        dtype=float,
    )
    _, sizes, vectors = np.linalg.svd(lines)
    free = vectors[int((sizes > 1e-8).sum()) :]
    fixed = np.all(np.abs(free) < 1e-8, axis=0)
    return [(table.index[row], table.columns[col]) for (row, col), known in zip(cells, fixed, strict=True) if known]
# %% suppress
def suppress(table, threshold=5):
    safe = table.astype("float64")
    areas, groups = table.index[:-1], table.columns[:-1]
    counts = safe.loc[areas, groups]
    safe.loc[areas, groups] = counts.where((counts == 0) | (counts >= threshold))
    if safe.isna().any().any() and (len(areas) < 2 or len(groups) < 2):
        raise ValueError("its total gives it away")
    for area, group in can_be_recovered(safe):
        if (area, group) not in can_be_recovered(safe):
            continue
        # The largest loss of cells is three; take the rectangle with the smallest corner opposite.
        rest = counts.drop(index=area, columns=group)
        line, other = rest.stack().idxmin()
        safe.loc[[area, line], [group, other]] = np.nan
    return safe
# %% laplace_count
def laplace_count(n, epsilon, rng):
    if epsilon <= 0:
        raise ValueError(epsilon)
    return n + rng.choice([-1, 1]) * rng.exponential(scale=1 / epsilon)
# %% share_with_large_error
def share_with_large_error(counts, epsilon, limit, releases, seed):
    true = pd.Series(counts, dtype=float)
    true = true[true > 0]
    if true.empty:
        return None
    seeds = np.random.default_rng(seed).integers(0, 2**31, releases)
    shares = [(true - release(true.tolist(), epsilon, int(each))).abs().div(true).gt(limit).mean() for each in seeds]
    return float(np.mean(shares))
# %% budget
def budget(queries):
    if queries["epsilon"].le(0).any():
        raise ValueError("look at the list again")
    most = queries.fillna({"epsilon": np.inf}).groupby("table").agg({"epsilon": "max"})
    return most["epsilon"].sum()
