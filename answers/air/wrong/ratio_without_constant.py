# shows: The model has no constant.
# loses: [check_rate_ratio, check_rate_ratio_interval]
# teaches: How many deaths does your model expect where all columns are zero?
# %% rate_ratio
def rate_ratio(df, controls):
    used = df[["deaths", "exposure", *controls]].dropna()
    columns = pd.get_dummies(used.drop(columns="deaths"), drop_first=True, dtype=float)
    fit = sm.GLM(used["deaths"], columns, family=sm.families.Poisson()).fit(scale="X2")
    slope, error = 10 * fit.params["exposure"], 10 * fit.bse["exposure"]
    return tuple(float(np.exp(slope + z * error)) for z in (0, -1.96, 1.96))
