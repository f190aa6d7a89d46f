# shows: The ratio is for one unit of the exposure and not for ten.
# loses: [check_rate_ratio]
# teaches: How many units more does your ratio stand for?
# %% rate_ratio
def rate_ratio(df, controls):
    used = df[["deaths", "exposure", *controls]].dropna()
    columns = pd.get_dummies(used.drop(columns="deaths"), drop_first=True, dtype=float)
    fit = sm.GLM(used["deaths"], sm.add_constant(columns), family=sm.families.Poisson()).fit(scale="X2")
    slope, error = fit.params["exposure"], fit.bse["exposure"]
    return tuple(float(np.exp(slope + z * error)) for z in (0, -1.96, 1.96))
