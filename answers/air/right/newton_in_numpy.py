# shows: Newton's method for both models, written out in NumPy, with 1.95996 standard errors; a DAG in another order.
# %% dag
def dag():
    causes = {
        "deaths": ["temperature", "influenza", "inflammation"],
        "warning": ["temperature", "particles"],
        "inflammation": ["particles"],
        "particles": ["weekday", "season", "temperature"],
        "influenza": ["season"],
        "temperature": ["season"],
    }
    return [(cause, effect) for effect, several in causes.items() for cause in several]
# %% rate_ratio
def rate_ratio(df, controls):
    rows = df.loc[df[["deaths", "exposure", *controls]].notna().all(axis=1)]
    parts = [np.ones(len(rows)), rows["exposure"].to_numpy(float)]
    for name in controls:
        if pd.api.types.is_numeric_dtype(rows[name]):
            parts.append(rows[name].to_numpy(float))
        else:
            levels = rows[name].unique()
            parts.extend((rows[name] == level).to_numpy(float) for level in levels[:-1])
    x, y = np.column_stack(parts), rows["deaths"].to_numpy(float)
    b = np.zeros(x.shape[1])
    b[0] = np.log(y.mean())
    for _ in range(50):
        mean = np.exp(x @ b)
        b += np.linalg.solve(x.T @ (mean[:, None] * x), x.T @ (y - mean))
    mean = np.exp(x @ b)
    phi = ((y - mean) ** 2 / mean).sum() / (len(y) - len(b))
    error = np.sqrt(phi * np.linalg.inv(x.T @ (mean[:, None] * x))[1, 1])
    return [np.exp(10 * (b[1] + k * error)) for k in (0, -1.959964, 1.959964)]
# %% case_crossover
def case_crossover(df, controls):
    columns = ["exposure", *controls]
    rows = df.dropna(subset=["date", "deaths", *columns])
    code = rows["date"].dt.year * 10000 + rows["date"].dt.month * 100 + rows["date"].dt.weekday
    strata = [index for _, index in rows.groupby(code).groups.items() if len(index) > 1 and rows.loc[index, "deaths"].sum() > 0]
    data = [(rows.loc[index, columns].to_numpy(float), rows.loc[index, "deaths"].to_numpy(float)) for index in strata]
    b = np.zeros(len(columns))
    for _ in range(15):
        gradient, information, squares = np.zeros(len(b)), np.zeros((len(b), len(b))), 0.0
        for x, y in data:
            share = np.exp((x - x.mean(axis=0)) @ b)
            fitted = y.sum() * share / share.sum()
            z = x - (fitted @ x) / y.sum()
            gradient += z.T @ (y - fitted)
            information += z.T @ (fitted[:, None] * z)
            squares += ((y - fitted) ** 2 / fitted).sum()
        b = b + np.linalg.solve(information, gradient)
    phi = squares / (sum(len(y) for _, y in data) - len(data) - len(b))
    error = np.sqrt(np.linalg.inv(information)[0, 0] * phi)
    return np.exp(10 * b[0]), np.exp(10 * (b[0] - 1.96 * error)), np.exp(10 * (b[0] + 1.96 * error))
