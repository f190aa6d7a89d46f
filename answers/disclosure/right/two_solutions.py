# shows: Two solutions of the same equations are compared; more than one rectangle is tried; one generator for all.
# %% difference_attack
def difference_attack(first, second, threshold=5):
    same = second.reindex_like(first)
    change = same.sub(first)
    small = change[change.abs().lt(threshold) & change.ne(0)]
    found = []
    for area in small.index:
        found += [(area, group, value) for group, value in small.loc[area].dropna().items()]
    return pd.DataFrame(found, columns=["area", "group", "difference"])
# %% can_be_recovered
def can_be_recovered(table):
    areas, groups = list(table.index[:-1]), list(table.columns[:-1])
    cells = [(area, group) for area in areas for group in groups if pd.isnull(table.loc[area, group])]
    if not cells:
        return []
    lines = np.array(
        [[1.0 if area == name else 0.0 for area, _ in cells] for name in areas]
        + [[1.0 if group == name else 0.0 for _, group in cells] for name in groups]
    )
    # Any numbers do: what the equations fix comes out the same, and nothing else does.
    chance = np.random.default_rng(8)
    guesses = chance.normal(size=(len(cells), 4))
    closest = guesses + np.linalg.lstsq(lines, lines @ np.ones((len(cells), 4)) - lines @ guesses, rcond=None)[0]
    fixed = closest.max(axis=1) - closest.min(axis=1) < 1e-6
    return [cell for cell, same in zip(cells, fixed, strict=True) if same]
# %% suppress
def suppress(table, threshold=5):
    safe = table.astype(float)
    areas, groups = table.index[:-1].tolist(), table.columns[:-1].tolist()
    for area in areas:
        for group in groups:
            if 0 < table.at[area, group] < threshold:
                safe.at[area, group] = float("nan")
    if not safe.isna().to_numpy().any():
        return safe
    if len(areas) == 1 or len(groups) == 1:
        raise ValueError("no way to hide it")
    for area, group in can_be_recovered(safe):
        if (area, group) in can_be_recovered(safe):
            line = min((each for each in areas if each != area), key=lambda each: table.at[each, "total"])
            other = min((each for each in groups if each != group), key=lambda each: table.at["total", each])
            for cell in [(area, other), (line, group), (line, other)]:
                safe.at[cell] = float("nan")
    return safe
# %% laplace_count
def laplace_count(n, epsilon, rng):
    if not epsilon > 0:
        raise ValueError("above 0, please")
    scale = 1 / epsilon
    noise = rng.laplace(scale=scale, size=1)
    return float(n + noise[0])
# %% share_with_large_error
def share_with_large_error(counts, epsilon, limit, releases, seed):
    rng = np.random.default_rng(seed)
    far = []
    for _ in range(releases):
        far += [abs(laplace_count(true, epsilon, rng) - true) / true > limit for true in counts if true != 0]
    return sum(far) / len(far) if far else None
# %% budget
def budget(queries):
    total = 0.0
    for _, rows in queries.groupby("table"):
        if rows["epsilon"].min() <= 0:
            raise ValueError("an epsilon must be above 0")
        total += math.inf if rows["epsilon"].isna().any() else rows["epsilon"].max()
    return total
