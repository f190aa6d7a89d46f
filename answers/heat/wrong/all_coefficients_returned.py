# shows: The coefficients of season and weekday come back with those of the basis.
# loses: [check_fit_model, check_without_event]
# teaches: Count the names that you return, and those of the basis.
# %% fit_model
def fit_model(deaths: pd.Series, basis: pd.DataFrame, others: pd.DataFrame) -> tuple[pd.Series, pd.DataFrame]:
    design = sm.add_constant(pd.concat([basis, others], axis=1))
    model = sm.GLM(deaths, design, family=sm.families.Poisson(), missing="drop")
    fitted = model.fit(scale="X2")
    names = fitted.params.index
    return fitted.params[names], fitted.cov_params().loc[names, names]
