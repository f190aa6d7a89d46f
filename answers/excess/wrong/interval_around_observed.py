# shows: The interval is put around the observed deaths and not around the excess.
# loses: [check_excess_interval]
# teaches: The interval lies around the observed deaths. Around which number does the docstring want it?
# %% excess_interval
def excess_interval(df, start, end, years):
    number = excess(df, start, end, years)
    observed = df.loc[df["date"].between(start, end), "deaths"].sum()
    half = 1.96 * math.sqrt(observed + (observed - number) / len(years))
    return observed - half, observed + half
