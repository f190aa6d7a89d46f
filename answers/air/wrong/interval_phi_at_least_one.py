# shows: Phi is never taken below one.
# loses: [check_rate_ratio_interval]
# teaches: What does the docstring say of counts that vary less than Poisson says?
# %% rate_ratio
def rate_ratio(df, controls):
    used = df[["deaths", "exposure", *controls]].dropna()
    columns = pd.get_dummies(used.drop(columns="deaths"), drop_first=True, dtype=float)
    fit = sm.GLM(used["deaths"], sm.add_constant(columns), family=sm.families.Poisson()).fit()
    slope, error = 10 * fit.params["exposure"], 10 * fit.bse["exposure"] * max(1, fit.pearson_chi2 / fit.df_resid) ** 0.5
    return tuple(float(np.exp(slope + z * error)) for z in (0, -1.96, 1.96))
