# shows: The classes are made of equally many countries.
# loses: [check_map_class]
# teaches: Your cuts follow the countries and not the numbers that were given.
# %% map_class
def map_class(rates, countries, cuts):
    middle = [f"{low:g} to under {high:g}" for low, high in pairwise(cuts)]
    labels = [f"under {cuts[0]:g}", *middle, f"{cuts[-1]:g} and more"]
    shown = rates.reindex(countries)
    place = (shown.rank(pct=True) * len(labels)).fillna(1).map(np.ceil).astype(int) - 1
    classes = place.map(dict(enumerate(labels)))
    return classes.mask(shown == 0, "none reported").mask(shown.isna(), "no data")
