# shows: Phi is divided by the rows, and not by the rows minus the coefficients.
# loses: [check_rate_ratio_interval]
# teaches: By what is the sum of squares divided? With few rows it matters.
# %% rate_ratio
def rate_ratio(df, controls):
    used = df[["deaths", "exposure", *controls]].dropna()
    columns = pd.get_dummies(used.drop(columns="deaths"), drop_first=True, dtype=float)
    fit = sm.GLM(used["deaths"], sm.add_constant(columns), family=sm.families.Poisson()).fit()
    slope, error = 10 * fit.params["exposure"], 10 * fit.bse["exposure"] * (fit.pearson_chi2 / len(used)) ** 0.5
    return tuple(float(np.exp(slope + z * error)) for z in (0, -1.96, 1.96))
