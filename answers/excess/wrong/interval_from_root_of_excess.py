# shows: The excess is treated as a count, so the standard error is its square root.
# loses: [check_excess_interval]
# teaches: "The excess is treated as if it were a count. It is a difference of two totals: which of them vary by chance?"
# %% excess_interval
def excess_interval(df, start, end, years):
    number = excess(df, start, end, years)
    observed = df.loc[df["date"].between(start, end), "deaths"].sum()
    half = 1.96 * math.sqrt(abs(number))
    return number - half, number + half
