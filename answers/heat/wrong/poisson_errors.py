# shows: "Poisson's standard errors, although the days differ by more than chance: the interval is too narrow."
# loses: [check_fit_model]
# teaches: How much do the days differ around the model, compared with what Poisson allows?
# %% fit_model
def fit_model(deaths: pd.Series, basis: pd.DataFrame, others: pd.DataFrame) -> tuple[pd.Series, pd.DataFrame]:
    design = sm.add_constant(pd.concat([basis, others], axis=1))
    model = sm.GLM(deaths, design, family=sm.families.Poisson(), missing="drop")
    fitted = model.fit(scale=1.0)
    names = basis.columns
    return fitted.params[names], fitted.cov_params().loc[names, names]
