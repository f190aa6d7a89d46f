# shows: The special categories of the GDPR stand in for the list of the law that was asked about.
# loses: [check_classify]
# teaches: One law's list is used for every place. Which list was your function given?
# %% classify
SPECIAL = ["health", "religion", "race or ethnic origin", "genetic data", "biometric data", "sexual life"]


def classify(dictionary, direct, indirect, sensitive):
    def find(kind):
        if pd.isna(kind):
            return "not known"
        return "directly" if kind in direct else "with others" if kind in indirect else "no"

    def law(kind):
        if pd.isna(kind) or sensitive is None:
            return "not known"
        return "yes" if kind in SPECIAL else "no"

    return dictionary.assign(identifies=dictionary["kind"].map(find), sensitive=dictionary["kind"].map(law))
