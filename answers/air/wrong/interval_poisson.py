# shows: The interval is Poisson's, as if the counts varied no more than that.
# loses: [check_rate_ratio_interval]
# teaches: Do these counts vary as little as Poisson says?
# %% rate_ratio
def rate_ratio(df, controls):
    used = df[["deaths", "exposure", *controls]].dropna()
    columns = pd.get_dummies(used.drop(columns="deaths"), drop_first=True, dtype=float)
    fit = sm.GLM(used["deaths"], sm.add_constant(columns), family=sm.families.Poisson()).fit()
    slope, error = 10 * fit.params["exposure"], 10 * fit.bse["exposure"]
    return tuple(float(np.exp(slope + z * error)) for z in (0, -1.96, 1.96))
