# shows: Missing numbers are filled with 0, as if it had been mild and nobody had died.
# loses: [check_fit_model]
# teaches: A day with a missing number stays in your model. With which number?
# %% fit_model
def fit_model(deaths: pd.Series, basis: pd.DataFrame, others: pd.DataFrame) -> tuple[pd.Series, pd.DataFrame]:
    design = sm.add_constant(pd.concat([basis, others], axis=1))
    model = sm.GLM(deaths.fillna(0), design.fillna(0), family=sm.families.Poisson())
    fitted = model.fit(scale="X2")
    names = basis.columns
    return fitted.params[names], fitted.cov_params().loc[names, names]
