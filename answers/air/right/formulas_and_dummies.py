# shows: The formula interface of statsmodels, one constant for each stratum, and periods of pandas.
# %% gaps
def gaps(df, column):
    series = df.set_index("date")[column].sort_index().asfreq("D")
    known = series.dropna().index
    ends = pd.DatetimeIndex([series.index[0] - pd.Timedelta(days=1), *known, series.index[-1] + pd.Timedelta(days=1)])
    return {
        "days": series.size,
        "missing": series.size - series.count(),
        "negative": series.lt(0).sum(),
        "longest": max(0, ends.to_series().diff().dt.days.max() - 1),
    }
# %% lag_mean
def lag_mean(df, column, lags):
    wide = df[["date"]].copy()
    for lag in lags:
        moved = df[["date", column]].rename(columns={column: f"lag {lag}"})
        moved["date"] += pd.Timedelta(days=lag)
        wide = wide.merge(moved, on="date", how="left")
    return wide.drop(columns="date").mean(axis=1, skipna=False).set_axis(df.index)
# %% control_days
def control_days(dates, day):
    case = pd.Timestamp(day)
    if not dates.eq(case).any():
        raise ValueError("no such day")
    others = dates[(dates.dt.to_period("M") == case.to_period("M")) & (dates.dt.day_name() == case.day_name())]
    return [str(other.date()) for other in others.sort_values() if other != case]
# %% rate_ratio
def rate_ratio(df, controls):
    terms = [name if pd.api.types.is_numeric_dtype(df[name]) else f"C({name})" for name in controls]
    fit = smf.glm("deaths ~ " + " + ".join(["exposure", *terms]), df, family=sm.families.Poisson()).fit(scale="X2")
    low, high = 10 * fit.conf_int().loc["exposure"]
    return np.exp(10 * fit.params["exposure"]), np.exp(low), np.exp(high)
# %% case_crossover
def case_crossover(df, controls):
    used = df[["date", "deaths", "exposure", *controls]].dropna()
    used = used.assign(month=used["date"].dt.to_period("M").astype(str), day=used["date"].dt.day_name())
    used = used.groupby(["month", "day"]).filter(lambda rows: len(rows) > 1 and rows["deaths"].sum() > 0)
    given = used[["exposure", *controls]].join(pd.get_dummies(used["month"] + used["day"], dtype=float))
    if len(used) > 1500:  # Many strata: the same by Newton's method, stratum by stratum.
        x, y, stratum = used[["exposure", *controls]].to_numpy(float), used["deaths"], used["month"] + used["day"]
        b, total = np.zeros(x.shape[1]), y.groupby(stratum).transform("sum")
        for _ in range(30):
            weight = pd.Series(np.exp(x @ b), index=used.index)
            fitted = (total * weight / weight.groupby(stratum).transform("sum")).to_numpy()
            centre = pd.DataFrame(x * fitted[:, None], index=used.index).groupby(stratum).transform("sum")
            z = x - (centre.to_numpy() / total.to_numpy()[:, None])
            information = (z * fitted[:, None]).T @ z
            b = b + np.linalg.solve(information, z.T @ (y.to_numpy() - fitted))
        phi = ((y - fitted) ** 2 / fitted).sum() / (len(y) - stratum.nunique() - len(b))
        slope, error = 10 * b[0], 10 * (np.linalg.inv(information)[0, 0] * phi) ** 0.5
    else:
        fit = sm.GLM(used["deaths"], given, family=sm.families.Poisson()).fit(scale="X2")
        slope, error = 10 * fit.params["exposure"], 10 * fit.bse["exposure"]
    return np.exp(slope), np.exp(slope - 1.96 * error), np.exp(slope + 1.96 * error)
