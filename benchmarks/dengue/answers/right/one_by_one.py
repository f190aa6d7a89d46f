# shows: The figure is drawn from a table of means; years in a loop.
# %% yearly_cases
def yearly_cases(df):
    totals = {}
    for year in sorted(df["year"].unique()):
        counts = df.loc[df["year"] == year, "dengue_cases"]
        totals[year] = counts.sum() if counts.notna().any() else np.nan
    return pd.Series(totals)
# %% plot_season
def plot_season(df):
    known = df[["region_name", "month", "dengue_cases", "population"]].dropna()
    sums = known.groupby(["region_name", "month"]).sum()
    rates = (sums["dengue_cases"] / sums["population"] * 1_200_000).unstack("region_name")
    fig, ax = plt.subplots(figsize=(9, 5))
    for name in rates:
        ax.plot(rates.index, rates[name], label=name)
    ax.set(xlabel="Month of the year", ylabel="Cases per 100,000 person-years")
    ax.set_title("Most cases come in the first half of the year")
    ax.legend(title="Region")
    return fig
