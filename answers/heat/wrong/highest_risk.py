# shows: The temperature of the highest risk is returned.
# loses: [check_lowest_risk]
# teaches: Is the risk at your temperature below or above that of its neighbours?
# %% lowest_risk
def lowest_risk(
    exposure: pd.Series, spec: dict, coefficients: pd.Series, percentiles: tuple[float, float] = (1, 99)
) -> float | None:
    first, last = np.nanpercentile(exposure, percentiles)
    grid = np.linspace(first, last, 1000)
    no_doubt = np.zeros((len(coefficients), len(coefficients)))
    basis = dl.crossbasis(exposure, **spec)
    risk = dl.crosspred(basis, coef=coefficients, vcov=no_doubt, at=grid, cen=first).allfit
    lowest = risk.argmax()
    return None if lowest in (0, len(grid) - 1) else float(grid[lowest])
