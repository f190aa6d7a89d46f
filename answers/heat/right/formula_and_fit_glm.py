# shows: dlnmpy's own fit_glm with a formula; lags by a shift in days; an interval from the library; the number from attrdl itself.
# %% lag_table
def lag_table(df, column, max_lag):
    if max_lag < 0 or df["date"].duplicated().any():
        raise ValueError("each day once, please")
    series = df.sort_values("date").set_index("date")[column]
    return pd.concat([series.shift(lag, freq="D").reindex(series.index).rename(lag) for lag in range(max_lag + 1)], axis=1)
# %% cross_basis
def cross_basis(df, column, spec):
    for curve in (spec["argvar"], spec["arglag"]):
        needed = ["fun"] + MUST_STATE.get(curve.get("fun", ""), [])
        if not set(needed).issubset(curve):
            raise ValueError("a default would be used")
    series = df.set_index("date")[column]
    days = pd.date_range(series.index.min(), series.index.max())
    whole = dl.crossbasis(series.reindex(days), lag=spec["lag"], argvar=spec["argvar"], arglag=spec["arglag"])
    return whole.to_dataframe("cb").reindex(sorted(series.index))
# %% fit_model
def fit_model(deaths, basis, others):
    inner = basis.set_axis([f"b{n}" for n in range(basis.shape[1])], axis=1)
    outer = others.set_axis([f"o{n}" for n in range(others.shape[1])], axis=1)
    data = pd.concat([deaths.rename("y"), inner, outer], axis=1)
    fitted = dl.fit_glm("y ~ " + " + ".join([*inner, *outer]), data, family="quasipoisson")
    coefficients = fitted.params[list(inner)].set_axis(basis.columns)
    covariance = fitted.cov_params().loc[list(inner), list(inner)]
    return coefficients, covariance.set_axis(basis.columns).set_axis(basis.columns, axis=1)
# %% relative_risk
def relative_risk(exposure, spec, coefficients, covariance, at, reference, lag=None):
    seen = pd.Series([*at, float("nan") if reference is None else reference], dtype=float)
    if seen.isna().any() or not seen.between(exposure.min(), exposure.max()).all():
        raise ValueError("cannot be compared")
    cb = dl.crossbasis(exposure, **spec)
    pred = dl.crosspred(cb, coef=coefficients, vcov=covariance, model_link="log", at=at, cen=reference)
    if lag is None:
        table = pred.overall()
    elif lag in pred.predlag:
        table = pred.slice_lag(lag)
    else:
        raise ValueError("no such lag")
    table = table.rename(columns={"fit": "rr"}).set_index("var")[["rr", "low", "high"]]
    return table.reindex(at)
# %% lowest_risk
def lowest_risk(exposure, spec, coefficients, percentiles=(1, 99)):
    known = exposure.dropna()
    start, stop = np.percentile(known, percentiles[0]), np.percentile(known, percentiles[1])
    cb = dl.crossbasis(exposure, **spec)
    k = len(coefficients)
    found = dl.findmin(cb, coef=coefficients, vcov=np.eye(k), at=np.append(np.arange(start, stop, 0.02), stop))
    return None if np.isclose(found, start) or np.isclose(found, stop) else found
# %% attributable
def attributable(exposure, deaths, spec, coefficients, reference, between):
    cb = dl.crossbasis(exposure.to_numpy(), **spec)
    k = len(coefficients)
    given = dict(coef=coefficients, vcov=np.eye(k), model_link="log", cen=reference, range=between)
    return [dl.attrdl(exposure, cb, deaths, type=what, **given) for what in ("an", "af")]
# %% same_percentile
def same_percentile(here, there, temperature):
    if here.count() < 365 or there.count() < 365:
        raise ValueError("less than a year")
    rank = here[here <= temperature].count() / here.count()
    return rank * 100, there.quantile(rank)
