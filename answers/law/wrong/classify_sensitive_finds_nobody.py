# shows: A kind that the law calls sensitive is said to find nobody; but an age can be both.
# loses: [check_classify]
# teaches: A column can be sensitive and also help to find a person. Is the first answer worked out without the second?
# %% classify
def classify(dictionary, direct, indirect, sensitive):
    def find(kind):
        if pd.isna(kind):
            return "not known"
        if sensitive and kind in sensitive:
            return "no"
        return "directly" if kind in direct else "with others" if kind in indirect else "no"

    def law(kind):
        if pd.isna(kind) or sensitive is None:
            return "not known"
        return "yes" if kind in sensitive else "no"

    return dictionary.assign(identifies=dictionary["kind"].map(find), sensitive=dictionary["kind"].map(law))
