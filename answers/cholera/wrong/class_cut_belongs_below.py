# shows: A rate at a cut falls into the class below.
# loses: [check_map_class]
# teaches: Look at a rate that is equal to a cut. In which class does it begin?
# %% map_class
def map_class(rates, countries, cuts):
    middle = [f"{low:g} to under {high:g}" for low, high in pairwise(cuts)]
    labels = [f"under {cuts[0]:g}", *middle, f"{cuts[-1]:g} and more"]
    shown = rates.reindex(countries)
    classes = pd.cut(shown, [0, *cuts, np.inf], right=True, include_lowest=True, labels=labels).astype(object)
    return classes.mask(shown == 0, "none reported").mask(shown.isna(), "no data")
