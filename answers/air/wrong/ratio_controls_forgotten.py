# shows: The controls do not go into the model.
# loses: [check_rate_ratio]
# teaches: What does your model know of the controls?
# %% rate_ratio
def rate_ratio(df, controls):
    used = df[["deaths", "exposure", *controls]].dropna()
    columns = pd.get_dummies(used.drop(columns="deaths"), drop_first=True, dtype=float)
    fit = sm.GLM(used["deaths"], sm.add_constant(columns[["exposure"]]), family=sm.families.Poisson()).fit(scale="X2")
    slope, error = 10 * fit.params["exposure"], 10 * fit.bse["exposure"]
    return tuple(float(np.exp(slope + z * error)) for z in (0, -1.96, 1.96))
