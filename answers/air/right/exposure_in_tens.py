# shows: The exposure in units of ten, no division by standard deviations, tuples as lists, and a spread by a helper function.
# %% gaps
def gaps(df, column):
    calendar = pd.DataFrame({"date": pd.date_range(df["date"].min(), df["date"].max())})
    values = calendar.merge(df[["date", column]], on="date", how="left")[column].to_numpy(dtype=float)
    absent = np.isnan(values)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], absent.astype(int), [0]])))
    runs = edges[1::2] - edges[::2]
    return {
        "longest": int(runs.max()) if len(runs) else 0,
        "negative": int(np.sum(values[~absent] < 0)),
        "missing": int(np.sum(absent)),
        "days": len(values),
    }
# %% control_days
def control_days(dates, day):
    case = pd.Timestamp(day)
    if case not in dates.to_list():
        raise ValueError(f"{day}: no data")
    weeks = [case + pd.Timedelta(weeks=number) for number in range(-5, 6) if number]
    return [week.strftime("%Y-%m-%d") for week in weeks if week.month == case.month and dates.isin([week]).any()]
# %% case_crossover
def spread(observed, fitted, coefficients):
    return float(np.sum((observed - fitted) ** 2 / fitted) / (len(observed) - coefficients))


def case_crossover(df, controls):
    used = df[["date", "deaths", "exposure", *controls]].dropna()
    key = used["date"].dt.year.astype(str) + used["date"].dt.strftime("-%b-%A")
    size, total = used["deaths"].groupby(key).transform("count"), used["deaths"].groupby(key).transform("sum")
    keep = size.gt(1) & total.gt(0)
    used, key, total = used[keep], key[keep], total[keep]
    x = np.column_stack([used["exposure"] / 10, *[used[name] for name in controls]])
    fit = ConditionalPoisson(used["deaths"].to_numpy(dtype=float), x, groups=key.to_numpy()).fit()
    weight = pd.Series(np.exp((x - x.mean(axis=0)) @ fit.params), index=used.index)
    fitted = total * weight / weight.groupby(key).transform("sum")
    phi = spread(used["deaths"], fitted, key.nunique() + x.shape[1])
    half = 1.96 * fit.bse[0] * np.sqrt(phi)
    return list(np.exp([fit.params[0], fit.params[0] - half, fit.params[0] + half]))
