# shows: The texts of a control become 0, 1, 2, as if they lay on a line.
# loses: [check_rate_ratio]
# teaches: Is one category twice as much as another? Give each a level of its own.
# %% rate_ratio
def rate_ratio(df, controls):
    used = df[["deaths", "exposure", *controls]].dropna()
    columns = used.drop(columns="deaths")
    for name in columns.select_dtypes(exclude="number"):
        columns[name] = columns[name].astype("category").cat.codes
    fit = sm.GLM(used["deaths"], sm.add_constant(columns), family=sm.families.Poisson()).fit(scale="X2")
    slope, error = 10 * fit.params["exposure"], 10 * fit.bse["exposure"]
    return tuple(float(np.exp(slope + z * error)) for z in (0, -1.96, 1.96))
