# shows: The search goes over all temperatures, so a bend on the few hottest days is taken for the minimum.
# loses: [check_lowest_risk]
# teaches: How many days does the series have at the temperature that you found?
# %% lowest_risk
def lowest_risk(
    exposure: pd.Series, spec: dict, coefficients: pd.Series, percentiles: tuple[float, float] = (1, 99)
) -> float | None:
    first, last = exposure.min(), exposure.max()
    grid = np.linspace(first, last, 1000)
    no_doubt = np.zeros((len(coefficients), len(coefficients)))
    basis = dl.crossbasis(exposure, **spec)
    risk = dl.crosspred(basis, coef=coefficients, vcov=no_doubt, at=grid, cen=first).allfit
    lowest = risk.argmin()
    return None if lowest in (0, len(grid) - 1) else float(grid[lowest])
