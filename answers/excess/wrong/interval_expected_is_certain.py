# shows: Only the observed total varies; the baseline is taken as known for certain.
# loses: [check_excess_interval]
# teaches: "Only the observed deaths vary in this interval. The expected deaths come from a few years: how sure are they?"
# %% excess_interval
def excess_interval(df, start, end, years):
    number = excess(df, start, end, years)
    observed = df.loc[df["date"].between(start, end), "deaths"].sum()
    half = 1.96 * math.sqrt(observed)
    return number - half, number + half
