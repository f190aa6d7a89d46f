# shows: Whatever does not find a person directly is said to find one with others, the fridge too.
# loses: [check_classify]
# teaches: A kind on neither list is said to find a person. What does the docstring say of it?
# %% classify
def classify(dictionary, direct, indirect, sensitive):
    def find(kind):
        if pd.isna(kind):
            return "not known"
        return "directly" if kind in direct else "with others"

    def law(kind):
        if pd.isna(kind) or sensitive is None:
            return "not known"
        return "yes" if kind in sensitive else "no"

    return dictionary.assign(identifies=dictionary["kind"].map(find), sensitive=dictionary["kind"].map(law))
