# shows: A share from 0 to 1 is returned as the percentile, and looked up as such.
# loses: [check_same_percentile]
# teaches: Of a hundred days, how many are at the temperature or below? Is that your number?
# %% same_percentile
def same_percentile(here: pd.Series, there: pd.Series, temperature: float) -> tuple[float, float]:
    here, there = here.dropna(), there.dropna()
    if min(len(here), len(there)) < 365:
        raise ValueError("a percentile needs the temperatures of a whole year at least")
    percentile = (here <= temperature).mean()
    return percentile, np.percentile(there, percentile)
