# shows: The deaths of the days in the range are compared with the mean of the other days; the model is not used.
# loses: [check_attributable]
# teaches: Which days would have had these deaths anyway, because of the season or the days before?
# %% attributable
def attributable(exposure, deaths, spec, coefficients, reference, between):
    inside = exposure.between(*between)
    extra = (deaths[inside] - deaths[~inside].mean()).sum()
    return extra, extra / deaths.sum()
