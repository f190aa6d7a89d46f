# shows: One standard error on each side, which is a 68 % interval and not a 95 % one.
# loses: [check_excess_interval]
# teaches: The interval reaches one standard error to each side. How often does so narrow an interval hold the true number?
# %% excess_interval
def excess_interval(df, start, end, years):
    number = excess(df, start, end, years)
    observed = df.loc[df["date"].between(start, end), "deaths"].sum()
    half = math.sqrt(observed + (observed - number) / len(years))
    return number - half, number + half
