# shows: Where no verified fact says what is sensitive, nothing is called sensitive.
# loses: [check_classify]
# teaches: No fact has become no. What does it mean that the list is None?
# %% classify
def classify(dictionary, direct, indirect, sensitive):
    def find(kind):
        if pd.isna(kind):
            return "not known"
        return "directly" if kind in direct else "with others" if kind in indirect else "no"

    def law(kind):
        if pd.isna(kind):
            return "not known"
        return "yes" if kind in (sensitive or []) else "no"

    return dictionary.assign(identifies=dictionary["kind"].map(find), sensitive=dictionary["kind"].map(law))
