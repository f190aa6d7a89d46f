# shows: Ninety days are taken for a year.
# loses: [check_same_percentile]
# teaches: Your days are those of one season. What is the 99th percentile of a summer in a whole year?
# %% same_percentile
def same_percentile(here: pd.Series, there: pd.Series, temperature: float) -> tuple[float, float]:
    here, there = here.dropna(), there.dropna()
    percentile = 100 * (here <= temperature).mean()
    return percentile, np.percentile(there, percentile)
