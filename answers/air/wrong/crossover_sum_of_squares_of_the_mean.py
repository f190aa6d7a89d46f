# shows: The fitted deaths are the means of the strata, without the exposure.
# loses: [check_case_crossover_interval]
# teaches: Which share of the deaths of its stratum does the model expect for a day?
# %% case_crossover
def case_crossover(df, controls):
    used = df[["date", "deaths", "exposure", *controls]].dropna()
    stratum = used["date"].dt.strftime("%Y-%m %a")
    total = used["deaths"].groupby(stratum).transform("sum")
    used, stratum, total = used[total > 0], stratum[total > 0], total[total > 0]
    given = used[["exposure", *controls]] / 10
    fit = ConditionalPoisson(used["deaths"].to_numpy(float), given.to_numpy(float), groups=stratum.to_numpy()).fit()
    weight = np.exp(given @ fit.params)
    fitted = used["deaths"].groupby(stratum).transform("mean")
    phi = ((used["deaths"] - fitted) ** 2 / fitted).sum() / (len(used) - stratum.nunique() - given.shape[1])
    slope, error = fit.params[0], fit.bse[0] * phi**0.5
    return tuple(float(np.exp(slope + z * error)) for z in (0, -1.96, 1.96))
