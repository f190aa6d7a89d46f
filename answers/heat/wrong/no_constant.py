# shows: The model has no constant.
# loses: [check_fit_model]
# teaches: Where in your model is the usual number of deaths on a day?
# %% fit_model
def fit_model(deaths: pd.Series, basis: pd.DataFrame, others: pd.DataFrame) -> tuple[pd.Series, pd.DataFrame]:
    design = pd.concat([basis, others], axis=1)
    model = sm.GLM(deaths, design, family=sm.families.Poisson(), missing="drop")
    fitted = model.fit(scale="X2")
    names = basis.columns
    return fitted.params[names], fitted.cov_params().loc[names, names]
