# shows: "Merges, apply and describe; the tables are joined by keys of their own."
# %% threshold
def threshold(train, k=2):
    def limit(rates):
        rates = rates.dropna()
        return rates.mean() + k * np.std(rates, ddof=1) if len(rates) >= 2 else np.nan

    table = train[["micro_code", "rate"]].assign(month=train["date"].dt.month)
    return table.groupby(["micro_code", "month"], sort=True)["rate"].apply(limit)
# %% outbreak
def outbreak(df, limits):
    given = limits.copy()
    given.index.names = ["micro_code", "month"]
    given = given.rename("limit").reset_index()
    table = df.assign(month=df["date"].dt.month, row=range(len(df)))
    both = table.merge(given, on=["micro_code", "month"], how="left").sort_values("row")
    answer = np.select([both["rate"].isna() | both["limit"].isna(), both["rate"] > both["limit"]], [np.nan, 1.0], 0.0)
    return pd.Series(answer, df.index)
# %% make_lags
def make_lags(df, by, columns, k):
    if k < 1:
        raise ValueError("k is at least 1")
    if len(df.groupby([by, "date"])) < len(df):
        raise ValueError("a month stands twice")
    number = df["date"].dt.year * 12 + df["date"].dt.month
    left = pd.DataFrame({"place": df[by].to_numpy(), "number": number.to_numpy() - k})
    right = df[columns].assign(place=df[by], number=number)
    found = left.merge(right, how="left", on=["place", "number"])[columns]
    found.columns = [f"{column}_lag{k}" for column in columns]
    found.index = df.index
    return pd.concat([df, found], axis=1)
# %% alarm
def alarm(df, limits, k=1):
    if k < 1:
        raise ValueError("k is at least 1")
    table = df.assign(flag=outbreak(df, limits), number=df["date"].dt.year * 12 + df["date"].dt.month)
    past = table[["micro_code", "number", "flag"]].assign(number=table["number"] + k).rename(columns={"flag": "past"})
    both = table.merge(past, on=["micro_code", "number"], how="left")
    return both["past"].set_axis(df.index)
# %% cost_curve
def cost_curve(happened, height, multipliers, miss, false_alarm):
    lines = []
    for multiplier in multipliers:
        rang = height.apply(lambda z: np.nan if pd.isna(z) else float(z > multiplier))
        s = score(happened, rang)
        lines.append({
            "multiplier": multiplier,
            "sensitivity": np.nan if s["sensitivity"] is None else s["sensitivity"],
            "ppv": np.nan if s["ppv"] is None else s["ppv"],
            "cost": miss * s["missed"] + false_alarm * s["false_alarms"],
        })
    return pd.DataFrame(lines)
