# shows: "Tables are pivoted into a grid of months, so that shift is a shift by the calendar."
# %% threshold
def threshold(train, k=2):
    grid = train.pivot_table(index=["micro_code", train["date"].dt.month], columns=train["date"].dt.year, values="rate", dropna=False, aggfunc="first")
    here = train.set_index(["micro_code", train["date"].dt.month]).index.unique().sort_values()
    limits = grid.mean(axis=1) + k * grid.std(axis=1, ddof=1)
    return limits.reindex(here)
# %% make_lags
def make_lags(df, by, columns, k):
    if k < 1:
        raise ValueError("k")
    keyed = df.set_index([by, "date"])
    if not keyed.index.is_unique:
        raise ValueError("not unique")
    result = df.copy()
    months = pd.date_range(df["date"].min(), df["date"].max(), freq="MS")
    for column in columns:
        grid = keyed[column].astype(float).unstack(by).reindex(months).shift(k)
        values = [grid.at[day, place] for day, place in zip(df["date"], df[by])]
        result.insert(len(result.columns), f"{column}_lag{k}", values)
    return result
# %% alarm
def alarm(df, limits, k=1):
    if k < 1:
        raise ValueError("k")
    flags = outbreak(df, limits)
    held = {(code, day.to_period("M")): flag for code, day, flag in zip(df["micro_code"], df["date"], flags)}
    values = [held.get((code, day.to_period("M") - k), np.nan) for code, day in zip(df["micro_code"], df["date"])]
    return pd.Series(values, index=df.index, dtype=float)
