# shows: The fraction is given in percent.
# loses: [check_attributable]
# teaches: "What would all deaths be in your unit: 1 or 100?"
# %% attributable
def attributable(
    exposure: pd.Series,
    deaths: pd.Series,
    spec: dict,
    coefficients: pd.Series,
    reference: float,
    between: tuple[float, float],
) -> tuple[float, float]:
    basis = dl.crossbasis(exposure, **spec)
    no_doubt = np.zeros((len(coefficients), len(coefficients)))
    known = {"coef": coefficients, "vcov": no_doubt, "model_link": "log", "cen": reference, "range": between}
    fraction = dl.attrdl(exposure, basis, deaths, type="af", **known)
    return fraction * deaths.sum(), 100 * fraction
