# shows: The classes stand in the order of the rates and not of the map.
# loses: [check_map_class]
# teaches: In which order does the map need its classes?
# %% map_class
def map_class(rates, countries, cuts):
    middle = [f"{low:g} to under {high:g}" for low, high in pairwise(cuts)]
    labels = [f"under {cuts[0]:g}", *middle, f"{cuts[-1]:g} and more"]
    shown = rates.reindex([*rates.index.intersection(countries), *pd.Index(countries).difference(rates.index)])
    classes = pd.cut(shown, [0, *cuts, np.inf], right=False, labels=labels).astype(object)
    return classes.mask(shown == 0, "none reported").mask(shown.isna(), "no data")
