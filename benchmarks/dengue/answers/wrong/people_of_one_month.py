# shows: Cases are divided by the mean population and not by person-years.
# loses: [check_incidence, check_plot_season]
# %% incidence
def incidence(df, by):
    known = df.dropna(subset=["dengue_cases", "population"])
    groups = known.groupby(by)
    return (groups["dengue_cases"].sum() / groups["population"].mean() * 100_000).sort_values(ascending=False)
