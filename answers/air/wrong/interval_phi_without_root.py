# shows: The standard error is multiplied by phi and not by its root.
# loses: [check_rate_ratio_interval]
# teaches: Phi belongs to the variance. What belongs to the standard error?
# %% rate_ratio
def rate_ratio(df, controls):
    used = df[["deaths", "exposure", *controls]].dropna()
    columns = pd.get_dummies(used.drop(columns="deaths"), drop_first=True, dtype=float)
    fit = sm.GLM(used["deaths"], sm.add_constant(columns), family=sm.families.Poisson()).fit()
    slope, error = 10 * fit.params["exposure"], 10 * fit.bse["exposure"] * fit.pearson_chi2 / fit.df_resid
    return tuple(float(np.exp(slope + z * error)) for z in (0, -1.96, 1.96))
