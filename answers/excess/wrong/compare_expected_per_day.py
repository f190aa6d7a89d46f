# shows: Expected is given per day and not over the window.
# loses: [check_compare_baselines]
# teaches: The expected deaths are those of one day, and the other columns are for the whole window. Look at the unit in the docstring.
# %% compare_baselines
def compare_baselines(df, start, end, choices):
    observed = df.loc[df["date"].between(start, end), "deaths"].sum()
    rows = {}
    for name, years in choices.items():
        number = excess(df, start, end, years)
        rows[name] = [(observed - number) / len(pd.date_range(start, end)), number, *excess_interval(df, start, end, years)]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["expected", "excess", "low", "high"])
    return table.sort_values("excess")
