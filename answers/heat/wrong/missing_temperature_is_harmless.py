# shows: A day without a temperature is taken as one at the reference.
# loses: [check_attributable]
# teaches: A missing temperature became a mild one in your function. Does anybody know that it was mild?
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
    fraction = dl.attrdl(exposure.fillna(reference), basis, deaths, type="af", **known)
    return fraction * deaths.sum(), fraction
