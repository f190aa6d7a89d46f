# shows: Each day gets the overall risk of its own temperature, as if it had been so for all the days before.
# loses: [check_attributable]
# teaches: Which temperatures belong to the deaths of a day? Is its own the only one?
# %% attributable
def attributable(exposure, deaths, spec, coefficients, reference, between):
    basis = dl.crossbasis(exposure, **spec)
    no_doubt = np.zeros((len(coefficients), len(coefficients)))
    chosen = exposure.where(exposure.between(*between), reference).to_numpy()
    values = np.unique(chosen)
    log_rr = dl.crosspred(basis, coef=coefficients, vcov=no_doubt, model_link="log", at=values, cen=reference).allfit
    share = pd.Series(1 - np.exp(-log_rr[np.searchsorted(values, chosen)]), index=deaths.index)
    fraction = (share * deaths).sum() / deaths.sum()
    return fraction * deaths.sum(), fraction
