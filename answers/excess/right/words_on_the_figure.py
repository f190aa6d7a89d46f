# shows: The finding and the names of the lines are written on the figure itself, and the words tell of a surge or of a flat line.
# %% harmonic_fit
def harmonic_fit(df):
    df = df.sort_values("date", ignore_index=True)
    df["angle"] = df["date"].dt.day_of_year * 2 * np.pi / 365.25
    design = np.column_stack([np.sin(df["angle"]), np.cos(df["angle"]), np.ones(len(df))])
    sine, cosine, _ = sm.Poisson(df["deaths"], design).fit(disp=False).params.to_numpy()
    top = np.arctan2(sine, cosine)
    size = sine * np.sin(top) + cosine * np.cos(top)
    return size, (top + 2 * np.pi) % (2 * np.pi) * 365.25 / (2 * np.pi), np.exp(size - -size)
# %% baseline
def baseline(df, years):
    df = df.copy()
    df["year"], df["month"], df["day"] = df["date"].dt.year, df["date"].dt.month, df["date"].dt.day
    df = df[df["year"].isin(years)]
    if len(years) == 0 or df["year"].nunique() < len(set(years)):
        raise ValueError("Each year of the baseline needs data.")
    return df.groupby(["month", "day"]).agg({"deaths": "mean"})["deaths"]
# %% plot_excess
def plot_excess(df, start, end, years):
    days = pd.date_range(start, end)
    figure = plt.figure()
    axes = figure.add_subplot()
    axes.plot(days, df.set_index("date")["deaths"][days], color="black")
    axes.plot(days, baseline(df, years).loc[list(zip(days.month, days.day))].to_numpy(), color="grey")
    axes.set(xlabel="Day", ylabel="Deaths, daily count")
    number = round(excess(df, start, end, years))
    figure.text(0.1, 0.95, f"{number} deaths more than in a usual year (less than usual if negative)")
    figure.text(0.1, 0.90, "black: observed, grey: expected")
    return figure
# %% alt_text
def alt_text(df, start, end, years):
    days = pd.date_range(start, end)
    counts = df.set_index("date")["deaths"][days]
    number = excess(df, start, end, years)
    trend = "The count surges" if number > 0 else "The count stays flat"
    return (
        f"A line graph of the deaths in each of {len(days)} days, {days[0]:%d/%m/%Y} to {days[-1]:%d/%m/%Y}. {trend} and "
        f"reaches {counts.max():.0f} on the worst day. Observed minus expected gives {number:.0f} deaths for the whole time."
    )
