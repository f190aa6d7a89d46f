# shows: A missing exposure is filled with the mean.
# loses: [check_rate_ratio, check_rate_ratio_interval]
# teaches: What does your model learn from a day without a value?
# %% rate_ratio
def rate_ratio(df, controls):
    used = df[["deaths", "exposure", *controls]].assign(exposure=lambda used: used["exposure"].fillna(used["exposure"].mean())).dropna()
    columns = pd.get_dummies(used.drop(columns="deaths"), drop_first=True, dtype=float)
    fit = sm.GLM(used["deaths"], sm.add_constant(columns), family=sm.families.Poisson()).fit(scale="X2")
    slope, error = 10 * fit.params["exposure"], 10 * fit.bse["exposure"]
    return tuple(float(np.exp(slope + z * error)) for z in (0, -1.96, 1.96))
