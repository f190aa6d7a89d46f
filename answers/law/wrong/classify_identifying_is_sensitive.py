# shows: What finds a person directly is called sensitive.
# loses: [check_classify]
# teaches: Two questions have become one. Who can be found by a column, and what does the law call sensitive?
# %% classify
def classify(dictionary, direct, indirect, sensitive):
    def find(kind):
        if pd.isna(kind):
            return "not known"
        return "directly" if kind in direct else "with others" if kind in indirect else "no"

    def law(kind):
        if pd.isna(kind) or sensitive is None:
            return "not known"
        return "yes" if kind in sensitive or kind in direct else "no"

    return dictionary.assign(identifies=dictionary["kind"].map(find), sensitive=dictionary["kind"].map(law))
