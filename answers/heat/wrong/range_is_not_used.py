# shows: "The range is not used: cold and heat are counted together."
# loses: [check_attributable]
# teaches: Ask for two ranges that do not meet. Do you get two answers?
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
    known = {"coef": coefficients, "vcov": no_doubt, "model_link": "log", "cen": reference}
    fraction = dl.attrdl(exposure, basis, deaths, type="af", **known)
    return fraction * deaths.sum(), fraction
