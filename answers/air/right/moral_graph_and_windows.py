# shows: The back-door criterion by the moral graph, means over a full calendar, and the discrete Poisson model.
# %% closes
def closes(edges, exposure, outcome, adjusted):
    def reach(cause, arrows):
        seen = set()
        waiting = [cause]
        while waiting:
            one = waiting.pop()
            for a, b in arrows:
                if a == one and b not in seen:
                    seen.add(b)
                    waiting.append(b)
        return seen

    if reach(exposure, edges).intersection(adjusted):
        return False
    rest = [(a, b) for a, b in edges if a != exposure]
    backwards = [(b, a) for a, b in rest]
    old = {exposure, outcome, *adjusted}
    for one in list(old):
        old |= reach(one, backwards)
    rest = [(a, b) for a, b in rest if a in old and b in old]
    link = {(a, b) for a, b in rest} | {(a, c) for a, b in rest for c, d in rest if b == d and a != c}
    link |= {(b, a) for a, b in link}
    link = [(a, b) for a, b in link if a not in adjusted and b not in adjusted]
    return outcome not in reach(exposure, link)
# %% lag_mean
def lag_mean(df, column, lags):
    days = pd.date_range(df["date"].min() - pd.Timedelta(days=max(lags)), df["date"].max())
    full = df.set_index("date")[column].reindex(days)
    mean = pd.concat([full.shift(lag) for lag in lags], axis=1).mean(axis=1, skipna=False)
    return pd.Series(mean.loc[df["date"]].to_list(), index=df.index, dtype="float64")
# %% control_days
def control_days(dates, day):
    table = pd.DataFrame({"date": dates, "key": dates.dt.strftime("%Y%m%w")}).sort_values("date").set_index("date")
    if pd.Timestamp(day) not in table.index:
        raise ValueError("The study has no such day.")
    same = table.index[table["key"] == table.loc[day, "key"]].strftime("%Y-%m-%d")
    return [each for each in same if each != day]
# %% rate_ratio
def rate_ratio(df, controls):
    used = df.dropna(subset=["deaths", "exposure", *controls])
    pieces = [used["exposure"] / 10]
    for name in controls:
        number = used[name].dtype.kind in "iufb"
        pieces.append(used[name] if number else pd.get_dummies(used[name], prefix=name).iloc[:, 1:].astype(float))
    x = sm.add_constant(pd.concat(pieces, axis=1))
    fit = sm.Poisson(used["deaths"], x).fit(disp=0, maxiter=200)
    mean = fit.predict(x)
    phi = (((used["deaths"] - mean) ** 2) / mean).sum() / (x.shape[0] - x.shape[1])
    b, error = fit.params["exposure"], fit.bse["exposure"] * np.sqrt(phi)
    return float(np.exp(b)), float(np.exp(b - 1.96 * error)), float(np.exp(b + 1.96 * error))
# %% case_crossover
def case_crossover(df, controls):
    names = ["exposure", *controls]
    used = df.dropna(subset=["deaths", *names]).copy()
    used["stratum"] = used.groupby([used["date"].dt.year, used["date"].dt.month, used["date"].dt.weekday]).ngroup()
    used = used[used.groupby("stratum")["deaths"].transform("sum") > 0]
    used = used[used.groupby("stratum")["deaths"].transform("size") >= 2]
    x = (used[names] - used[names].mean()) / used[names].std()
    fit = ConditionalPoisson(used["deaths"].astype(float).to_numpy(), x.to_numpy(), groups=used["stratum"].to_numpy()).fit(method="newton")
    used["odds"] = np.exp(x.to_numpy() @ fit.params)
    sums = used.groupby("stratum")[["deaths", "odds"]].transform("sum")
    used["fitted"] = used["odds"] / sums["odds"] * sums["deaths"]
    phi = (used["deaths"] - used["fitted"]).pow(2).div(used["fitted"]).sum() / (len(used) - used["stratum"].nunique() - len(names))
    scale = 10 / used["exposure"].std()
    b, error = fit.params[0] * scale, fit.bse[0] * scale * phi ** 0.5
    return np.exp(b), np.exp(b - 1.96 * error), np.exp(b + 1.96 * error)
