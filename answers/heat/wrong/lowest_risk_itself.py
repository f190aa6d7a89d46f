# shows: The risk is returned and not the temperature.
# loses: [check_lowest_risk]
# teaches: What is the unit of the number that you return?
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
    return None if lowest in (0, len(grid) - 1) else float(np.exp(risk[lowest]))
