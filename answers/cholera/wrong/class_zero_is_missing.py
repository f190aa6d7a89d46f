# shows: A reported zero is drawn as no data.
# loses: [check_map_class]
# teaches: Somebody looked and found nobody. Is that the same as no data?
# %% map_class
def map_class(rates, countries, cuts):
    middle = [f"{low:g} to under {high:g}" for low, high in pairwise(cuts)]
    labels = [f"under {cuts[0]:g}", *middle, f"{cuts[-1]:g} and more"]
    shown = rates.reindex(countries)
    classes = pd.cut(shown, [0, *cuts, np.inf], right=False, labels=labels).astype(object)
    return classes.mask((shown == 0) | shown.isna(), "no data")
