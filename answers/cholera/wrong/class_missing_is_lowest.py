# shows: A country without a number falls into the lowest class.
# loses: [check_map_class]
# teaches: A country that sent nothing has the colour of the lowest class. What would a reader of the map believe?
# %% map_class
def map_class(rates, countries, cuts):
    middle = [f"{low:g} to under {high:g}" for low, high in pairwise(cuts)]
    labels = [f"under {cuts[0]:g}", *middle, f"{cuts[-1]:g} and more"]
    shown = rates.reindex(countries)
    classes = pd.cut(shown, [0, *cuts, np.inf], right=False, labels=labels).astype(object)
    return classes.mask(shown == 0, "none reported").mask(shown.isna(), labels[0])
