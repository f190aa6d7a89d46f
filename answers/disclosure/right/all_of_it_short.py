# shows: 'Short forms: where, generator expressions, a pseudo-inverse, a nested group.'
# %% difference_attack
def difference_attack(first, second, threshold=5):
    cells = [(a, g) for a in first.index for g in first.columns if a in second.index and g in second.columns]
    found = [(a, g, second.at[a, g] - first.at[a, g]) for a, g in cells]
    return pd.DataFrame([row for row in found if row[2] and abs(row[2]) < threshold], columns=["area", "group", "difference"])
# %% can_be_recovered
def can_be_recovered(table):
    hidden = table.iloc[:-1, :-1].isna().stack()
    cells = list(hidden[hidden].index)
    names = [*table.index[:-1], *table.columns[:-1]]
    height = len(table) - 1
    lines = np.array([[cell[number >= height] == name for cell in cells] for number, name in enumerate(names)], float)
    projection = lines.T @ np.linalg.pinv(lines @ lines.T) @ lines
    return [cell for cell, line in zip(cells, projection, strict=True) if abs(line).sum() - 1 < 1e-6 and max(line) > 0.999]
# %% suppress
def suppress(table, threshold=5):
    safe = table * 1.0
    inner = table.drop(index="total", columns="total")
    small = inner.gt(0) & inner.lt(threshold)
    if small.to_numpy().any() and 1 in inner.shape:
        raise ValueError("one line only")
    for area, group in small.stack()[lambda each: each].index:
        safe.at[area, group] = np.nan
    for area, group in small.stack()[lambda each: each].index:
        if (area, group) in can_be_recovered(safe):
            shown = safe.drop(index=[area, "total"], columns=[group, "total"])
            line = shown.isna().sum(axis=1).idxmax()
            other = shown.loc[line].isna().idxmax()
            safe.loc[[area, line], [group, other]] = np.nan
    return safe
# %% laplace_count
def laplace_count(n, epsilon, rng):
    if epsilon > 0:
        return rng.laplace(n, 1 / epsilon)
    raise ValueError("epsilon is above 0")
# %% share_with_large_error
def share_with_large_error(counts, epsilon, limit, releases, seed):
    true = np.array([count for count in counts if count != 0] * releases)
    error = np.abs(np.subtract(release(true.tolist(), epsilon, seed), true)) if len(true) else true
    return None if len(true) == 0 else float(np.count_nonzero(error / true > limit) / true.size)
# %% budget
def budget(queries):
    if any(epsilon <= 0 for epsilon in queries["epsilon"]):
        raise ValueError("at least one epsilon is not above 0")
    tables = set(queries["table"])
    costs = [queries.loc[queries["table"] == table, "epsilon"] for table in tables]
    return math.fsum(math.inf if cost.hasnans else cost.max() for cost in costs)
