# shows: The number leaves out the deaths of the days without a full history, though the fraction is meant for all.
# loses: [check_attributable]
# teaches: For how many deaths do you give the number, and for how many the fraction?
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
    return fraction * deaths.iloc[spec["lag"] :].sum(), fraction
