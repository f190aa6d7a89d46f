# shows: A country without a number is drawn as one that reported nobody.
# loses: [check_map_class]
# teaches: A country that sent nothing has the class of zero. What would a reader of the map believe?
# %% map_class
def map_class(rates, countries, cuts):
    middle = [f"{low:g} to under {high:g}" for low, high in pairwise(cuts)]
    labels = [f"under {cuts[0]:g}", *middle, f"{cuts[-1]:g} and more"]
    shown = rates.reindex(countries).fillna(0)
    classes = pd.cut(shown, [0, *cuts, np.inf], right=False, labels=labels).astype(object)
    return classes.mask(shown == 0, "none reported").mask(shown.isna(), "no data")
