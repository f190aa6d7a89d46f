# shows: A column whose kind nobody wrote down is said to find nobody and to be not sensitive.
# loses: [check_classify]
# teaches: Nobody wrote down what this column tells. Can you say no of it?
# %% classify
def classify(dictionary, direct, indirect, sensitive):
    def find(kind):
        return "directly" if kind in direct else "with others" if kind in indirect else "no"

    def law(kind):
        if sensitive is None:
            return "not known"
        return "yes" if kind in sensitive else "no"

    return dictionary.assign(identifies=dictionary["kind"].map(find), sensitive=dictionary["kind"].map(law))
