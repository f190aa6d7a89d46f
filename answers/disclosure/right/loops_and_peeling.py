# shows: Loops over cells; differences of two solutions of the equations; noise as a difference of two waiting times.
# %% difference_attack
def difference_attack(first, second, threshold=5):
    rows = {"area": [], "group": [], "difference": []}
    for area in first.index:
        for group in first.columns:
            if area not in second.index or group not in second.columns:
                continue
            old, new = first.loc[area, group], second.loc[area, group]
            if np.isnan(old) or np.isnan(new) or old == new or not -threshold < new - old < threshold:
                continue
            rows["area"].append(area)
            rows["group"].append(group)
            rows["difference"].append(new - old)
    return pd.DataFrame(rows)
# %% can_be_recovered
def can_be_recovered(table):
    # A withheld count is hidden if another one in its row can be reached again from its column: it lies on a ring.
    areas, groups = list(table.index[:-1]), list(table.columns[:-1])
    cells = [(area, group) for area in areas for group in groups if np.isnan(table.loc[area, group])]

    def on_a_ring(cell):
        others = [each for each in cells if each != cell]
        reached, ends = {("area", cell[0])}, 0
        while len(reached) != ends:
            ends = len(reached)
            for area, group in others:
                if ("area", area) in reached or ("group", group) in reached:
                    reached |= {("area", area), ("group", group)}
        return ("group", cell[1]) in reached

    return [cell for cell in cells if not on_a_ring(cell)]
# %% suppress
def suppress(table, threshold=5):
    safe = table.astype(float).copy()
    areas, groups = list(table.index)[:-1], list(table.columns)[:-1]
    small = [(a, g) for a in areas for g in groups if 0 < table.loc[a, g] < threshold]
    if small and (len(areas) == 1 or len(groups) == 1):
        raise ValueError("the total gives it away")
    for cell in small:
        safe.loc[cell] = np.nan
    for area, group in small:
        if (area, group) in can_be_recovered(safe):
            # The next area and the next group are as good as any.
            line = areas[(areas.index(area) + 1) % len(areas)]
            other = groups[(groups.index(group) + 1) % len(groups)]
            safe.loc[area, other] = safe.loc[line, group] = safe.loc[line, other] = np.nan
    return safe
# %% laplace_count
def laplace_count(n, epsilon, rng):
    if epsilon <= 0:
        raise ValueError("epsilon is above 0")
    return float(n + rng.exponential(1 / epsilon) - rng.exponential(1 / epsilon))
# %% share_with_large_error
def share_with_large_error(counts, epsilon, limit, releases, seed):
    good = [count for count in counts if count]
    if not good:
        return None
    far = 0
    for number in range(releases):
        for true, noisy in zip(good, release(good, epsilon, seed * 100_003 + number), strict=True):
            if noisy < true - limit * true or noisy > true + limit * true:
                far += 1
    return far / (releases * len(good))
# %% budget
def budget(queries):
    dearest = {}
    for table, epsilon in zip(queries["table"], queries["epsilon"], strict=True):
        if epsilon <= 0:
            raise ValueError("no such epsilon")
        if epsilon != epsilon:
            epsilon = float("inf")
        dearest[table] = max(dearest.get(table, 0.0), epsilon)
    return sum(dearest.values())
