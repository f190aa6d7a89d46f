# shows: The daily shares are averaged as if each day had the same number of deaths.
# loses: [check_attributable]
# teaches: Does a day with many deaths count more in your fraction than a quiet one?
# %% attributable
def attributable(exposure, deaths, spec, coefficients, reference, between):
    basis = dl.crossbasis(exposure, **spec)
    no_doubt = np.zeros((len(coefficients), len(coefficients)))
    known = {"coef": coefficients, "vcov": no_doubt, "model_link": "log", "cen": reference, "range": between}
    share = dl.attrdl(exposure, basis, deaths, type="af", tot=False, **known)
    fraction = np.nanmean(np.where(deaths.isna(), np.nan, share))
    return fraction * deaths.sum(), fraction
