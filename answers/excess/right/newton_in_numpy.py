# shows: The Poisson model is fitted by hand with numpy (iterated weighted least squares), and the window is worked on as arrays.
# %% harmonic_fit
def harmonic_fit(df):
    y = df["deaths"].to_numpy(dtype=float)
    t = 2 * np.pi * df["date"].dt.day_of_year.to_numpy() / 365.25
    x = np.column_stack([np.ones_like(t), np.cos(t), np.sin(t)])
    beta = np.array([np.log(y.mean()), 0.0, 0.0])
    for _ in range(50):
        mu = np.exp(x @ beta)
        step = np.linalg.solve(x.T @ (mu[:, None] * x), x.T @ (y - mu))
        beta = beta + step
        if np.abs(step).max() < 1e-12:
            break
    amplitude = np.hypot(beta[1], beta[2])
    peak = np.arctan2(beta[2], beta[1]) * 365.25 / (2 * np.pi)
    if peak < 0:
        peak += 365.25
    return [amplitude, peak, np.exp(amplitude) ** 2]
# %% excess
def excess(df, start, end, years):
    first, last = np.datetime64(start), np.datetime64(end)
    days = np.arange(first, last + 1)
    stamps = pd.DatetimeIndex(days)
    if np.isin(stamps.year, years).any():
        raise ValueError("event year")
    inside = df[(df["date"] >= start) & (df["date"] <= end)]
    if len(inside) != len(days) or inside["deaths"].isna().any():
        raise ValueError("a day is missing")
    usual = baseline(df, years)
    expected = np.empty(len(days))
    for i, day in enumerate(stamps):
        try:
            expected[i] = usual.loc[(day.month, day.day)]
        except KeyError:
            if (day.month, day.day) != (2, 29):
                raise ValueError("no baseline for a day") from None
            expected[i] = np.mean([usual.loc[(2, 28)], usual.loc[(3, 1)]])
    return inside["deaths"].to_numpy().sum() - expected.sum()
# %% alt_text
def alt_text(df, start, end, years):
    number = round(excess(df, start, end, years))
    window = df[(df["date"] >= start) & (df["date"] <= end)]
    way = "higher" if number > 0 else "lower"
    return (
        f"A graph with two lines shows how many deaths there were on each day between {start} and {end}. "
        f"The number observed is {way} than the number expected on most days. The most deaths on one day were "
        f"{int(window['deaths'].max())}. In total the difference from the mean of {years} is {number} deaths."
    )
