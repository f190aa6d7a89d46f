# shows: Countries of the map that have no rate are left out.
# loses: [check_map_class]
# teaches: How many countries has the map, and how many classes do you give?
# %% map_class
def map_class(rates, countries, cuts):
    middle = [f"{low:g} to under {high:g}" for low, high in pairwise(cuts)]
    labels = [f"under {cuts[0]:g}", *middle, f"{cuts[-1]:g} and more"]
    shown = rates.reindex([country for country in countries if country in rates.index])
    classes = pd.cut(shown, [0, *cuts, np.inf], right=False, labels=labels).astype(object)
    return classes.mask(shown == 0, "none reported").mask(shown.isna(), "no data")
