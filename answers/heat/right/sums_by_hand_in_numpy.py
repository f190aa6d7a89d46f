# shows: "Nearly everything in numpy: histories from a dictionary, the cross-basis as a sum over lags, Newton's steps for the model, and attributable deaths day by day."
# %% lag_table
def lag_table(df, column, max_lag):
    values = dict(zip(df["date"], df[column]))
    if len(values) < len(df) or max_lag < 0:
        raise ValueError("a day stands twice, or the lag is negative")
    days = sorted(values)
    rows = [[values.get(day - pd.Timedelta(days=lag), np.nan) for lag in range(max_lag + 1)] for day in days]
    return pd.DataFrame(rows, index=pd.DatetimeIndex(days), columns=range(max_lag + 1), dtype=float)
# %% cross_basis
def cross_basis(df, column, spec):
    for curve in (spec["argvar"], spec["arglag"]):
        if "fun" not in curve:
            raise ValueError("which curve?")
        for name in MUST_STATE[curve["fun"]]:
            if name not in curve:
                raise ValueError(f"state {name}")
    histories = lag_table(df, column, spec["lag"])
    over_values = dl.onebasis(df[column].to_numpy(), **spec["argvar"])
    lags = np.arange(spec["lag"] + 1.0)
    over_lags = dl.onebasis(lags, **spec["arglag"], intercept=True).matrix
    table = np.zeros((len(histories), over_values.ncol * over_lags.shape[1]))
    for lag in histories.columns:
        values = histories[lag].to_numpy()
        curve = np.full((len(values), over_values.ncol), np.nan)
        curve[~np.isnan(values)] = over_values.transform(values[~np.isnan(values)])
        table += (curve[:, :, None] * over_lags[lag]).reshape(len(values), -1)
    names = [f"cb_v{v + 1}_l{k + 1}" for v in range(over_values.ncol) for k in range(over_lags.shape[1])]
    return pd.DataFrame(table, index=histories.index, columns=names)
# %% fit_model
def fit_model(deaths, basis, others):
    table = pd.concat([deaths.rename("deaths"), basis, others], axis=1).dropna().astype(float)
    y = table["deaths"].to_numpy()
    x = np.column_stack([np.ones(len(y)), table.drop(columns="deaths").to_numpy()])
    beta = np.zeros(x.shape[1])
    beta[0] = np.log(y.mean())
    for _ in range(40):
        mean = np.exp(x @ beta)
        beta = beta + np.linalg.solve(x.T @ (mean[:, None] * x), x.T @ (y - mean))
    mean = np.exp(x @ beta)
    dispersion = ((y - mean) ** 2 / mean).sum() / (len(y) - x.shape[1])
    covariance = dispersion * np.linalg.inv(x.T @ (mean[:, None] * x))
    k = basis.shape[1]
    names = list(basis.columns)
    return pd.Series(beta[1 : k + 1], names), pd.DataFrame(covariance[1 : k + 1, 1 : k + 1], names, names)
# %% relative_risk
def relative_risk(exposure, spec, coefficients, covariance, at, reference, lag=None):
    if reference is None:
        raise ValueError("no reference")
    for value in list(at) + [reference]:
        if value < exposure.min() or value > exposure.max():
            raise ValueError("outside of what was seen")
    if lag is not None and not 0 <= lag <= spec["lag"]:
        raise ValueError("no such lag")
    basis = dl.crossbasis(exposure, **spec)
    lags = np.arange(spec["lag"] + 1.0) if lag is None else np.array([float(lag)])
    over_lags = basis.basis_lag(np.arange(spec["lag"] + 1.0))[lags.astype(int)].sum(axis=0)
    rows = []
    for value in at:
        away = basis.basis_var([value])[0] - basis.basis_var([reference])[0]
        x = np.outer(away, over_lags).ravel()
        middle, error = x @ np.asarray(coefficients), np.sqrt(x @ np.asarray(covariance) @ x)
        rows.append(np.exp([middle, middle - 1.959964 * error, middle + 1.959964 * error]))
    return pd.DataFrame(rows, index=at, columns=["rr", "low", "high"])
# %% lowest_risk
def lowest_risk(exposure, spec, coefficients, percentiles=(1, 99)):
    low, high = (exposure.quantile(each / 100) for each in percentiles)
    basis = dl.crossbasis(exposure, **spec)
    over_lags = basis.basis_lag(np.arange(spec["lag"] + 1.0)).sum(axis=0)
    best = None
    grid = [low + step * (high - low) / 2000 for step in range(2001)]
    risks = np.kron(basis.basis_var(grid), over_lags[None, :]) @ np.asarray(coefficients)
    for value, risk in zip(grid, risks):
        if best is None or risk < best[1]:
            best = value, risk
    return None if best[0] in (grid[0], grid[-1]) else best[0]
# %% attributable
def attributable(exposure, deaths, spec, coefficients, reference, between):
    basis = dl.crossbasis(exposure, **spec)
    over_lags = basis.basis_lag(np.arange(spec["lag"] + 1.0))
    outside = (exposure < between[0]) | (exposure > between[1])
    chosen = exposure.mask(outside, reference).to_numpy()
    log_rr = np.zeros(len(chosen))
    beta = np.asarray(coefficients).reshape(-1, over_lags.shape[1])
    home = basis.basis_var([reference])
    for lag in range(spec["lag"] + 1):
        values = np.concatenate([np.full(lag, np.nan), chosen[: len(chosen) - lag]])
        known = ~np.isnan(values)
        part = np.full(len(values), np.nan)
        part[known] = (basis.basis_var(values[known]) - home) @ beta @ over_lags[lag]
        log_rr += part
    counts = deaths.to_numpy(dtype=float)
    used = ~np.isnan(log_rr) & ~np.isnan(counts)
    fraction = ((1 - np.exp(-log_rr[used])) * counts[used]).sum() / counts[used].sum()
    return fraction * np.nansum(counts), fraction
# %% without_event
def without_event(df, spec, events, at, reference):
    days = df.set_index("date").sort_index()
    basis, others = cross_basis(df, "temperature", spec), controls(df)
    names, rows = ["all days"], [days["deaths"].astype(float)]
    for name, (first, last) in events.items():
        counts = days["deaths"].astype(float)
        counts[first:last] = np.nan
        names.append(name)
        rows.append(counts)
    found = [relative_risk(days["temperature"], spec, *fit_model(each, basis, others), [at], reference) for each in rows]
    return pd.concat(found).set_axis(names)
# %% same_percentile
def same_percentile(here, there, temperature):
    known, others = np.sort(here[here.notna()]), np.sort(there[there.notna()])
    if len(known) < 365 or len(others) < 365:
        raise ValueError("too short")
    percent = np.searchsorted(known, temperature, side="right") / len(known) * 100
    return percent, np.interp(percent / 100, np.linspace(0, 1, len(others)), others)
