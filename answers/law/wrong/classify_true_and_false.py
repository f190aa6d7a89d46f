# shows: The two answers are True and False, so that nothing can be not known.
# loses: [check_classify]
# teaches: Your table has two answers where there are more. What do you write of a column that nobody described?
# %% classify
def classify(dictionary, direct, indirect, sensitive):
    finds = dictionary["kind"].isin([*direct, *indirect])
    return dictionary.assign(identifies=finds, sensitive=dictionary["kind"].isin(sensitive or []))
