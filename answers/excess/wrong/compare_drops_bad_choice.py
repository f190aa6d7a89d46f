# shows: A choice that contains the year of the event is dropped from the table without a word.
# loses: [check_compare_baselines]
# teaches: A choice that cannot be answered is left out without a word. How will the reader of the table know that it was asked?
# %% compare_baselines
def compare_baselines(df, start, end, choices):
    observed = df.loc[df["date"].between(start, end), "deaths"].sum()
    rows = {}
    for name, years in choices.items():
        try:
            number = excess(df, start, end, years)
        except ValueError:
            continue
        rows[name] = [observed - number, number, *excess_interval(df, start, end, years)]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["expected", "excess", "low", "high"])
    return table.sort_values("excess")
