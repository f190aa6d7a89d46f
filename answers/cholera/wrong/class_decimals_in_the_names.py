# shows: Cuts are written with a decimal.
# loses: [check_map_class]
# teaches: Compare the name of your highest class with the text, letter for letter.
# %% map_class
def map_class(rates, countries, cuts):
    middle = [f"{float(low)} to under {float(high)}" for low, high in pairwise(cuts)]
    labels = [f"under {float(cuts[0])}", *middle, f"{float(cuts[-1])} and more"]
    shown = rates.reindex(countries)
    classes = pd.cut(shown, [0, *cuts, np.inf], right=False, labels=labels).astype(object)
    return classes.mask(shown == 0, "none reported").mask(shown.isna(), "no data")
