# shows: The temperature is moved by the difference of the two means, which leaves out that places vary differently.
# loses: [check_same_percentile]
# teaches: One place may have cold winters and the other none. Is a shift by one number enough?
# %% same_percentile
def same_percentile(here: pd.Series, there: pd.Series, temperature: float) -> tuple[float, float]:
    here, there = here.dropna(), there.dropna()
    if min(len(here), len(there)) < 365:
        raise ValueError("a percentile needs the temperatures of a whole year at least")
    percentile = 100 * (here <= temperature).mean()
    return percentile, temperature + there.mean() - here.mean()
