# shows: The expected total is not divided by the number of baseline years, so the interval is too wide.
# loses: [check_excess_interval]
# teaches: "The expected deaths vary here as much as the count of one year. They are a mean: how much less does a mean vary?"
# %% excess_interval
def excess_interval(df, start, end, years):
    number = excess(df, start, end, years)
    observed = df.loc[df["date"].between(start, end), "deaths"].sum()
    half = 1.96 * math.sqrt(observed + (observed - number))
    return number - half, number + half
