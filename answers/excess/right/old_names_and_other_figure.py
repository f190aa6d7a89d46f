# shows: A name that pandas has given a new name (dayofyear, it warns), a figure made by pandas itself with words beside the lines, and thousands written with a space.
# %% harmonic_fit
def harmonic_fit(df):
    w = 2 * np.pi / 365.25 * df["date"].dt.dayofyear
    X = pd.DataFrame({"one": 1.0, "s": np.sin(w), "c": np.cos(w)})
    res = sm.GLM(df["deaths"], X, family=sm.families.Poisson(sm.families.links.Log())).fit()
    a, b = res.params["s"], res.params["c"]
    amp = (a**2 + b**2) ** 0.5
    days = np.linspace(0, 365.25, 365250, endpoint=False)
    curve = a * np.sin(2 * np.pi * days / 365.25) + b * np.cos(2 * np.pi * days / 365.25)
    return amp, days[curve.argmax()], np.exp(curve.max() - curve.min())
# %% baseline
def baseline(df, years):
    parts = []
    for year in years:
        part = df.loc[df["date"].dt.year == year, ["date", "deaths"]]
        if part.empty:
            raise ValueError(f"{year} is not in the table")
        part = part.set_index([part["date"].dt.month.rename("month"), part["date"].dt.day.rename("day")])["deaths"]
        parts.append(part)
    if not parts:
        raise ValueError("give at least one year")
    return pd.concat(parts, axis=1).mean(axis=1).sort_index()
# %% plot_excess
def plot_excess(df, start, end, years):
    days = pd.date_range(start, end)
    both = pd.DataFrame({"seen": df.set_index("date")["deaths"].reindex(days)})
    usual = baseline(df, years)
    both["usual"] = [usual[(day.month, day.day)] for day in days]
    ax = both.plot(legend=False, style=["-", ":"], figsize=(8, 4))
    total = f"{excess(df, start, end, years):,.0f}".replace(",", " ")
    ax.set(xlabel="Day", ylabel="Number of deaths per day")
    ax.figure.suptitle(f"{start} to {end}: {total} deaths above the usual number")
    ax.text(days[-1], both["seen"].iloc[-1], "Observed")
    ax.text(days[-1], both["usual"].iloc[-1], "Expected, mean of other years")
    ax.fill_between(days, both["seen"], both["usual"], alpha=0.2)
    return ax.figure
# %% [markdown] one_number_tonight
# Between 14 and 20 July 1995, 1,576 people died in Chicago. In the same week of 1993, 1994, 1996 and 1997 it was 734 on average.
# That is about 840 more, with a range from 760 to 920 because numbers differ by chance.
#
# We do not know for each person why they died. If deaths are not registered, we do not see them, and the number is too low.
