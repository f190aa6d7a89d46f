# shows: Days without a temperature are counted among all days.
# loses: [check_same_percentile]
# teaches: Which days are in the number that you divide by?
# %% same_percentile
def same_percentile(here: pd.Series, there: pd.Series, temperature: float) -> tuple[float, float]:
    if min(len(here), len(there)) < 365:
        raise ValueError("a percentile needs the temperatures of a whole year at least")
    percentile = 100 * (here <= temperature).mean()
    return percentile, np.nanpercentile(there, percentile)
