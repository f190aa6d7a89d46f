# shows: A law that calls no kind sensitive is treated like a law that nobody has read.
# loses: [check_classify]
# teaches: An empty list and None say two things. Which of them is an answer of the law?
# %% classify
def classify(dictionary, direct, indirect, sensitive):
    def find(kind):
        if pd.isna(kind):
            return "not known"
        return "directly" if kind in direct else "with others" if kind in indirect else "no"

    def law(kind):
        if pd.isna(kind) or not sensitive:
            return "not known"
        return "yes" if kind in sensitive else "no"

    return dictionary.assign(identifies=dictionary["kind"].map(find), sensitive=dictionary["kind"].map(law))
