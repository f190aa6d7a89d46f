# shows: The lists of the notebook are used in place of those that the function is given.
# loses: [check_classify]
# teaches: Your function looks at lists outside of it. Which lists was it given?
# %% classify
def classify(dictionary, direct, indirect, sensitive):
    def find(kind):
        if pd.isna(kind):
            return "not known"
        return "directly" if kind in DIRECT else "with others" if kind in INDIRECT else "no"

    def law(kind):
        if pd.isna(kind) or sensitive is None:
            return "not known"
        return "yes" if kind in sensitive else "no"

    return dictionary.assign(identifies=dictionary["kind"].map(find), sensitive=dictionary["kind"].map(law))
