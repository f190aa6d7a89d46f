# shows: RR - 1 is taken as the share of the deaths that were counted.
# loses: [check_attributable]
# teaches: "Of two deaths, one was expected. Which share is too many: one half, or all of what was expected?"
# %% attributable
def attributable(exposure, deaths, spec, coefficients, reference, between):
    basis = dl.crossbasis(exposure, **spec)
    no_doubt = np.zeros((len(coefficients), len(coefficients)))
    known = {"coef": coefficients, "vcov": no_doubt, "model_link": "log", "cen": reference, "range": between}
    share = dl.attrdl(exposure, basis, deaths, type="af", tot=False, **known)
    more = pd.Series(1 / (1 - share) - 1, index=deaths.index)
    counted = deaths[more.notna()]
    fraction = (more * counted).sum() / counted.sum()
    return fraction * deaths.sum(), fraction
