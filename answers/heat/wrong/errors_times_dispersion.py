# shows: The standard errors, and not the variances, are multiplied by the dispersion.
# loses: [check_fit_model]
# teaches: Is the dispersion a factor of the variance or of the standard error?
# %% fit_model
def fit_model(deaths: pd.Series, basis: pd.DataFrame, others: pd.DataFrame) -> tuple[pd.Series, pd.DataFrame]:
    design = sm.add_constant(pd.concat([basis, others], axis=1))
    model = sm.GLM(deaths, design, family=sm.families.Poisson(), missing="drop")
    fitted = model.fit(scale="X2")
    names = basis.columns
    return fitted.params[names], fitted.cov_params().loc[names, names] * fitted.scale
