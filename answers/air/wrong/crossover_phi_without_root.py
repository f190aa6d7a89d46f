# shows: The standard error is multiplied by phi and not by its root.
# loses: [check_case_crossover_interval]
# teaches: Phi belongs to the variance. What belongs to the standard error?
# %% case_crossover
def case_crossover(df, controls):
    used = df[["date", "deaths", "exposure", *controls]].dropna()
    stratum = used["date"].dt.strftime("%Y-%m %a")
    total = used["deaths"].groupby(stratum).transform("sum")
    used, stratum, total = used[total > 0], stratum[total > 0], total[total > 0]
    given = used[["exposure", *controls]] / 10
    fit = ConditionalPoisson(used["deaths"].to_numpy(float), given.to_numpy(float), groups=stratum.to_numpy()).fit()
    weight = np.exp(given @ fit.params)
    fitted = total * weight / weight.groupby(stratum).transform("sum")
    phi = ((used["deaths"] - fitted) ** 2 / fitted).sum() / (len(used) - stratum.nunique() - given.shape[1])
    slope, error = fit.params[0], fit.bse[0] * phi
    return tuple(float(np.exp(slope + z * error)) for z in (0, -1.96, 1.96))
