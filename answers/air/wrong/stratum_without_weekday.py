# shows: A stratum is a whole month, so the day of the week comes in.
# loses: [check_case_crossover, check_case_crossover_interval]
# teaches: Are Sundays compared with Mondays in your strata?
# %% case_crossover
def case_crossover(df, controls):
    used = df[["date", "deaths", "exposure", *controls]].dropna()
    stratum = used["date"].dt.strftime("%Y-%m")
    total = used["deaths"].groupby(stratum).transform("sum")
    used, stratum, total = used[total > 0], stratum[total > 0], total[total > 0]
    given = used[["exposure", *controls]] / 10
    fit = ConditionalPoisson(used["deaths"].to_numpy(float), given.to_numpy(float), groups=stratum.to_numpy()).fit()
    weight = np.exp(given @ fit.params)
    fitted = total * weight / weight.groupby(stratum).transform("sum")
    phi = ((used["deaths"] - fitted) ** 2 / fitted).sum() / (len(used) - stratum.nunique() - given.shape[1])
    slope, error = fit.params[0], fit.bse[0] * phi**0.5
    return tuple(float(np.exp(slope + z * error)) for z in (0, -1.96, 1.96))
