# shows: Where the risk falls up to the end of the search, the end is called the minimum.
# loses: [check_lowest_risk]
# teaches: Beyond the end of your search nobody has looked. Can it be the lowest point?
# %% lowest_risk
def lowest_risk(
    exposure: pd.Series, spec: dict, coefficients: pd.Series, percentiles: tuple[float, float] = (1, 99)
) -> float | None:
    first, last = np.nanpercentile(exposure, percentiles)
    grid = np.linspace(first, last, 1000)
    no_doubt = np.zeros((len(coefficients), len(coefficients)))
    basis = dl.crossbasis(exposure, **spec)
    risk = dl.crosspred(basis, coef=coefficients, vcov=no_doubt, at=grid, cen=first).allfit
    lowest = risk.argmin()
    return float(grid[lowest])
