# shows: The search goes in whole degrees.
# loses: [check_lowest_risk]
# teaches: How far from the lowest point can an answer in steps of one degree be?
# %% lowest_risk
def lowest_risk(
    exposure: pd.Series, spec: dict, coefficients: pd.Series, percentiles: tuple[float, float] = (1, 99)
) -> float | None:
    first, last = np.nanpercentile(exposure, percentiles)
    grid = np.arange(np.ceil(first), last)
    no_doubt = np.zeros((len(coefficients), len(coefficients)))
    basis = dl.crossbasis(exposure, **spec)
    risk = dl.crosspred(basis, coef=coefficients, vcov=no_doubt, at=grid, cen=first).allfit
    lowest = risk.argmin()
    return None if lowest in (0, len(grid) - 1) else float(grid[lowest])
