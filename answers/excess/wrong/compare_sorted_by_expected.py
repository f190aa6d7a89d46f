# shows: The rows are sorted by expected deaths from low to high, which puts the excess from high to low.
# loses: [check_compare_baselines]
# teaches: The rows are in order by expected deaths. By which column does the docstring want them?
# %% compare_baselines
def compare_baselines(df, start, end, choices):
    observed = df.loc[df["date"].between(start, end), "deaths"].sum()
    rows = {}
    for name, years in choices.items():
        number = excess(df, start, end, years)
        rows[name] = [observed - number, number, *excess_interval(df, start, end, years)]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["expected", "excess", "low", "high"])
    return table.sort_values("expected")
