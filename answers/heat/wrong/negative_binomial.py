# shows: A negative binomial model with a fixed shape instead of the quasi-Poisson one.
# loses: [check_fit_model]
# teaches: Which distribution did the task ask for, and how does it make room for days that differ more?
# %% fit_model
def fit_model(deaths: pd.Series, basis: pd.DataFrame, others: pd.DataFrame) -> tuple[pd.Series, pd.DataFrame]:
    design = sm.add_constant(pd.concat([basis, others], axis=1))
    model = sm.GLM(deaths, design, family=sm.families.NegativeBinomial(alpha=0.02), missing="drop")
    fitted = model.fit(scale=1.0)
    names = basis.columns
    return fitted.params[names], fitted.cov_params().loc[names, names]
