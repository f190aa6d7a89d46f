# shows: A straight line through the deaths, divided by their mean, and no log-linear model.
# loses: [check_rate_ratio, check_rate_ratio_interval]
# teaches: Your model adds deaths. A rate ratio multiplies them. Which link does that?
# %% rate_ratio
def rate_ratio(df, controls):
    used = df[["deaths", "exposure", *controls]].dropna()
    columns = pd.get_dummies(used.drop(columns="deaths"), drop_first=True, dtype=float)
    fit = sm.OLS(used["deaths"], sm.add_constant(columns)).fit()
    mean = used["deaths"].mean()
    slope, error = 10 * fit.params["exposure"] / mean, 10 * fit.bse["exposure"] / mean
    return 1 + slope, 1 + slope - 1.96 * error, 1 + slope + 1.96 * error
