# shows: Numbers of numpy and lists where a float or a tuple is asked for; counts as integers; a helper of the student's own for the curve.
# %% lag_table
def lag_table(df, column, max_lag):
    rows_a_day = df["date"].value_counts()
    if max_lag < 0 or (rows_a_day > 1).any():
        raise ValueError("bad input")
    series = pd.Series(df[column].to_numpy(dtype="float64"), index=pd.DatetimeIndex(df["date"])).sort_index()
    whole = series.resample("D").asfreq()
    columns = {k: whole.shift(periods=k) for k in range(0, max_lag + 1)}
    return pd.DataFrame(columns)[whole.index.isin(series.index)]
# %% cross_basis
def is_stated(curve):
    return "fun" in curve and set(MUST_STATE[curve["fun"]]) <= curve.keys()


def cross_basis(df, column, spec):
    if not (is_stated(spec["argvar"]) and is_stated(spec["arglag"])):
        raise ValueError("state every choice")
    given = df[["date", column]].sort_values("date")
    whole = given.set_index("date").resample("D").first()[column]
    table = dl.crossbasis(whole, **spec).to_dataframe("cb")
    return table[table.index.isin(given["date"])].astype("float64")
# %% relative_risk
def curve(exposure, spec, coefficients, covariance, at, reference):
    cb = dl.crossbasis(exposure.dropna().to_numpy(), **spec)
    return dl.crosspred(cb, coef=coefficients.to_numpy(), vcov=covariance.to_numpy(), model_link="log", at=np.array(at), cen=reference)


def relative_risk(exposure, spec, coefficients, covariance, at, reference, lag=None):
    if reference is None or max([reference] + at) > exposure.max() or min([reference] + at) < exposure.min():
        raise ValueError("reference or temperature")
    if lag is not None and (lag < 0 or lag > spec["lag"]):
        raise ValueError("lag")
    found = curve(exposure, spec, coefficients, covariance, at, reference)
    if lag is None:
        three = [found.allRRfit, found.allRRlow, found.allRRhigh]
    else:
        three = [found.matRRfit[:, lag], found.matRRlow[:, lag], found.matRRhigh[:, lag]]
    table = pd.DataFrame(np.array(three).T, columns=["rr", "low", "high"], index=found.predvar)
    return pd.DataFrame([table.loc[value] for value in at], index=at)
# %% lowest_risk
def lowest_risk(exposure, spec, coefficients, percentiles=(1, 99)):
    first, last = np.percentile(exposure.dropna(), list(percentiles))
    grid = np.arange(first, last + 0.005, 0.01)
    no_doubt = pd.DataFrame(np.zeros((len(coefficients),) * 2))
    risks = curve(exposure, spec, coefficients, no_doubt, grid, float(grid[0])).allRRfit
    place = int(np.argmin(risks))
    if place == 0 or place == len(grid) - 1:
        return None
    return np.float64(grid[place])
# %% attributable
def attributable(exposure, deaths, spec, coefficients, reference, between):
    cb = dl.crossbasis(exposure, **spec)
    zeros = np.zeros((len(coefficients), len(coefficients)))
    daily = dl.attrdl(exposure, cb, deaths, coef=coefficients, vcov=zeros, model_link="log", type="an", tot=False,
                      cen=reference, range=between)
    known = ~np.isnan(daily)
    fraction = daily[known].sum() / deaths.to_numpy()[known].sum()
    return [fraction * deaths.sum(), fraction]
# %% same_percentile
def same_percentile(here, there, temperature):
    here, there = here[~here.isna()].astype("float64"), there[~there.isna()]
    if len(here) < 365:
        raise ValueError("here")
    if len(there) < 365:
        raise ValueError("there")
    percentile = np.float64(sum(here <= temperature)) / len(here) * 100
    return [percentile, there.quantile(percentile / 100, interpolation="linear")]
