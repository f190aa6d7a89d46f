# shows: The crude model, as if there were no strata.
# loses: [check_case_crossover, check_case_crossover_interval]
# teaches: With which days is a day compared in your model?
# %% case_crossover
def case_crossover(df, controls):
    used = df[["deaths", "exposure", *controls]].dropna()
    fit = sm.GLM(used["deaths"], sm.add_constant(used.drop(columns="deaths")), family=sm.families.Poisson()).fit(scale="X2")
    slope, error = 10 * fit.params["exposure"], 10 * fit.bse["exposure"]
    return tuple(float(np.exp(slope + z * error)) for z in (0, -1.96, 1.96))
