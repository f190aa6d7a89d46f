# shows: Days at the temperature itself are not counted.
# loses: [check_same_percentile]
# teaches: "A day that is exactly as warm: does it count in your percentile?"
# %% same_percentile
def same_percentile(here: pd.Series, there: pd.Series, temperature: float) -> tuple[float, float]:
    here, there = here.dropna(), there.dropna()
    if min(len(here), len(there)) < 365:
        raise ValueError("a percentile needs the temperatures of a whole year at least")
    percentile = 100 * (here < temperature).mean()
    return percentile, np.percentile(there, percentile)
