# shows: The figure shows cases and not incidence.
# loses: [check_plot_season]
# %% plot_season
def plot_season(df):
    figure, axes = plt.subplots()
    for name, region in df.groupby("region_name"):
        axes.plot(region.groupby("month")["dengue_cases"].sum(), label=name)
    axes.set_xlabel("Month")
    axes.set_ylabel("Cases")
    axes.legend()
    return figure
