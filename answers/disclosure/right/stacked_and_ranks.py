# shows: stack and merge, ranks of the equations, the inverse of the distribution function, a share by its formula.
# %% difference_attack
def difference_attack(first, second, threshold=5):
    old = first.reset_index(names="area").melt("area", var_name="group", value_name="old")
    new = second.reset_index(names="area").melt("area", var_name="group", value_name="new")
    both = old.merge(new, on=["area", "group"])
    both["difference"] = both["new"] - both["old"]
    both = both[(both["difference"] != 0) & (both["difference"].abs() < threshold)]
    place = {area: number for number, area in enumerate(first.index)}
    both = both.sort_values("area", key=lambda names: names.map(place), kind="stable")
    column = {group: number for number, group in enumerate(first.columns)}
    both["area_at"], both["group_at"] = both["area"].map(place), both["group"].map(column)
    return both.sort_values(["area_at", "group_at"])[["area", "group", "difference"]].reset_index(drop=True)
# %% can_be_recovered
def can_be_recovered(table):
    inner = table.iloc[:-1, :-1].to_numpy()
    rows, columns = np.where(np.isnan(inner))
    width = len(rows)
    if width == 0:
        return []
    lines = np.zeros((sum(inner.shape), width))
    lines[rows, np.arange(width)] = 1
    lines[inner.shape[0] + columns, np.arange(width)] = 1
    rank = np.linalg.matrix_rank(lines)
    found = []
    for number, (row, column) in enumerate(zip(rows, columns, strict=True)):
        if np.linalg.matrix_rank(np.delete(lines, number, axis=1)) < rank:
            found.append((table.index[row], table.columns[column]))
    return found
# %% suppress
def suppress(table, threshold=5):
    numbers = table.to_numpy(dtype=float).copy()
    height, width = numbers.shape[0] - 1, numbers.shape[1] - 1
    inner = numbers[:height, :width]
    small = (inner > 0) & (inner < threshold)
    if small.any() and min(height, width) < 2:
        raise ValueError("join areas or groups first")
    hidden = small.copy()
    for row, column in np.argwhere(small):
        lines = [line for line in range(height) if line != row]
        others = [other for other in range(width) if other != column]
        # First the rectangle that is hidden most already.
        line, other = max(
            ((line, other) for line in lines for other in others),
            key=lambda at: hidden[row, at[1]] * 1 + hidden[at[0], column] + hidden[at[0], at[1]],
        )
        hidden[row, other] = hidden[line, column] = hidden[line, other] = True
    inner[hidden] = np.nan
    return pd.DataFrame(numbers, index=table.index, columns=table.columns)
# %% laplace_count
def laplace_count(n, epsilon, rng):
    if not epsilon > 0:
        raise ValueError("epsilon is above 0")
    u = rng.uniform(-0.5, 0.5)
    return n - math.copysign(1, u) * math.log(1 - 2 * abs(u)) / epsilon
# %% share_with_large_error
def share_with_large_error(counts, epsilon, limit, releases, seed):
    # The Laplace noise is larger than x with the probability exp(-epsilon x): no chance is needed.
    good = np.array([count for count in counts if count > 0])
    return float(np.exp(-epsilon * limit * good).mean()) if good.size else None
# %% budget
def budget(queries):
    epsilons = queries["epsilon"]
    if not (epsilons.isna() | (epsilons > 0)).all():
        raise ValueError("an epsilon is not above 0")
    filled = queries.assign(epsilon=epsilons.fillna(np.inf))
    return float(filled.sort_values("epsilon").drop_duplicates("table", keep="last")["epsilon"].sum())
