# shows: The slope is added to one, which is only nearly the ratio.
# loses: [check_rate_ratio, check_rate_ratio_interval]
# teaches: How do you come from the logarithm back to a ratio?
# %% rate_ratio
def rate_ratio(df, controls):
    used = df[["deaths", "exposure", *controls]].dropna()
    columns = pd.get_dummies(used.drop(columns="deaths"), drop_first=True, dtype=float)
    fit = sm.GLM(used["deaths"], sm.add_constant(columns), family=sm.families.Poisson()).fit(scale="X2")
    slope, error = 10 * fit.params["exposure"], 10 * fit.bse["exposure"]
    return tuple(float(1 + slope + z * error) for z in (0, -1.96, 1.96))
