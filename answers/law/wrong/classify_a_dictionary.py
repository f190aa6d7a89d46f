# shows: A dictionary comes back, with a pair of words for each column.
# loses: [check_classify]
# teaches: Something else than a table comes back. What does the docstring ask for?
# %% classify
def classify(dictionary, direct, indirect, sensitive):
    pairs = {}
    for column, kind in zip(dictionary["column"], dictionary["kind"]):
        finds = "directly" if kind in direct else "with others" if kind in indirect else "no"
        pairs[column] = (finds, "yes" if kind in (sensitive or []) else "no")
    return pairs
