# shows: The table of lags is given to crossbasis as a matrix of histories; the model with statsmodels' Poisson and its dispersion by hand; risks by crossreduce; attributable deaths from the histories.
# %% lag_table
def lag_table(df, column, max_lag):
    if max_lag < 0:
        raise ValueError("max_lag")
    days = df[["date", column]].sort_values("date")
    if days["date"].is_unique is False:
        raise ValueError("twice")
    table = days[["date"]]
    for lag in range(max_lag + 1):
        before = days.assign(date=days["date"] + pd.Timedelta(days=lag)).rename(columns={column: lag})
        table = table.merge(before, on="date", how="left")
    return table.set_index("date")
# %% cross_basis
def cross_basis(df, column, spec):
    for curve in (spec["argvar"], spec["arglag"]):
        fun = curve.get("fun")
        if fun is None or any(name not in curve for name in MUST_STATE[fun]):
            raise ValueError("state all choices")
    histories = lag_table(df, column, spec["lag"])
    whole = dl.crossbasis(histories.to_numpy(), lag=(0, spec["lag"]), argvar=spec["argvar"], arglag=spec["arglag"])
    return whole.to_dataframe("cb", index=histories.index)
# %% fit_model
def fit_model(deaths, basis, others):
    known = deaths.notna() & basis.notna().all(axis=1) & others.notna().all(axis=1)
    x = np.column_stack([basis[known], others[known], np.ones(known.sum())])
    y = deaths[known].to_numpy()
    fitted = sm.Poisson(y, x).fit(disp=0, method="newton", maxiter=100)
    mean = fitted.predict(x)
    dispersion = np.sum((y - mean) ** 2 / mean) / (x.shape[0] - x.shape[1])
    k = len(basis.columns)
    covariance = np.array(fitted.cov_params())[:k, :k] * dispersion
    return pd.Series(fitted.params[:k], basis.columns), pd.DataFrame(covariance, basis.columns, basis.columns)
# %% relative_risk
def relative_risk(exposure, spec, coefficients, covariance, at, reference, lag=None):
    low, high = np.nanmin(exposure), np.nanmax(exposure)
    if reference is None or reference < low or reference > high or min(at) < low or max(at) > high:
        raise ValueError("not seen")
    if lag is not None and lag not in list(range(spec["lag"] + 1)):
        raise ValueError("lag")
    cb = dl.crossbasis(exposure, **spec)
    which = {"type": "overall"} if lag is None else {"type": "lag", "value": lag}
    reduced = dl.crossreduce(cb, coef=coefficients, vcov=covariance, model_link="log", at=at, cen=reference, **which)
    table = reduced.to_dataframe().set_index("var").rename(columns={"fit": "rr"})
    return table.loc[at, ["rr", "low", "high"]]
# %% attributable
def attributable(exposure, deaths, spec, coefficients, reference, between):
    df = pd.DataFrame({"date": exposure.index, "x": exposure.to_numpy()})
    df["x"] = df["x"].where(df["x"].isna() | df["x"].between(*between), reference)
    histories = lag_table(df, "x", spec["lag"]).dropna()
    cb = dl.crossbasis(exposure, **spec)
    k = len(coefficients)
    pred = dl.crosspred(cb, coef=coefficients, vcov=np.zeros((k, k)), model_link="log", at=histories.to_numpy(), cen=reference)
    share = pd.Series(1 - 1 / pred.allRRfit, index=histories.index)
    counts = deaths[share.index].dropna()
    fraction = (share[counts.index] * counts).sum() / counts.sum()
    return float(fraction * deaths.sum()), float(fraction)
# %% without_event
def without_event(df, spec, events, at, reference):
    df = df.sort_values("date").reset_index(drop=True)
    basis = cross_basis(df, "temperature", spec)
    result = {}
    for name in ["all days", *events]:
        deaths = pd.Series(df["deaths"].to_numpy(dtype=float), index=basis.index)
        if name in events:
            deaths.loc[events[name][0] : events[name][1]] = float("nan")
        keep = deaths.notna()
        answer = fit_model(deaths[keep], basis[keep], controls(df)[keep.to_numpy()])
        result[name] = relative_risk(df["temperature"], spec, *answer, [at], reference).loc[at]
    return pd.DataFrame.from_dict(result, orient="index")
