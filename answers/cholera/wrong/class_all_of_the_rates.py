# shows: Countries that are not on the map get a class too.
# loses: [check_map_class]
# teaches: Your result has a country that is not on the map.
# %% map_class
def map_class(rates, countries, cuts):
    middle = [f"{low:g} to under {high:g}" for low, high in pairwise(cuts)]
    labels = [f"under {cuts[0]:g}", *middle, f"{cuts[-1]:g} and more"]
    shown = rates.reindex([*countries, *rates.index.difference(countries)])
    classes = pd.cut(shown, [0, *cuts, np.inf], right=False, labels=labels).astype(object)
    return classes.mask(shown == 0, "none reported").mask(shown.isna(), "no data")
