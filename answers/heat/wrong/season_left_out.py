# shows: Season, trend and weekday are not in the model, so winter's deaths are laid to the cold.
# loses: [check_fit_model]
# teaches: Which other things change with the season, as temperature does? Are they in your model?
# %% fit_model
def fit_model(deaths: pd.Series, basis: pd.DataFrame, others: pd.DataFrame) -> tuple[pd.Series, pd.DataFrame]:
    design = sm.add_constant(basis)
    model = sm.GLM(deaths, design, family=sm.families.Poisson(), missing="drop")
    fitted = model.fit(scale="X2")
    names = basis.columns
    return fitted.params[names], fitted.cov_params().loc[names, names]
