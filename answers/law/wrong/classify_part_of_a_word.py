# shows: 'A kind is taken as sensitive if a word of the list stands anywhere in it: there is "age" in "language".'
# loses: [check_classify]
# teaches: A kind matches although only some of its letters do. Compare whole words.
# %% classify
def classify(dictionary, direct, indirect, sensitive):
    def find(kind):
        if pd.isna(kind):
            return "not known"
        return "directly" if kind in direct else "with others" if kind in indirect else "no"

    def law(kind):
        if pd.isna(kind) or sensitive is None:
            return "not known"
        return "yes" if any(word in kind for word in sensitive) else "no"

    return dictionary.assign(identifies=dictionary["kind"].map(find), sensitive=dictionary["kind"].map(law))
