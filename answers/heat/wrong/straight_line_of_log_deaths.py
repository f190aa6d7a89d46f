# shows: "A straight line for the log of the counts, by least squares: another model with other errors."
# loses: [check_fit_model]
# teaches: Is the log taken of the counts, or of what is expected of them?
# %% fit_model
def fit_model(deaths: pd.Series, basis: pd.DataFrame, others: pd.DataFrame) -> tuple[pd.Series, pd.DataFrame]:
    design = sm.add_constant(pd.concat([basis, others], axis=1))
    fitted = sm.OLS(np.log(deaths + 0.5), design, missing="drop").fit()
    names = basis.columns
    return fitted.params[names], fitted.cov_params().loc[names, names]
