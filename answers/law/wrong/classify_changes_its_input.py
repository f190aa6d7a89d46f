# shows: The two columns are written into the table that was given.
# loses: [check_classify]
# teaches: The table that came in has new columns afterwards. Who else may use it?
# %% classify
import numpy as np


def classify(dictionary, direct, indirect, sensitive):
    kinds = dictionary["kind"]
    dictionary["identifies"] = np.select(
        [kinds.isna(), kinds.isin(direct), kinds.isin(indirect)], ["not known", "directly", "with others"], "no"
    )
    dictionary["sensitive"] = np.where(kinds.isin(sensitive or []), "yes", "no")
    dictionary.loc[kinds.isna() | (sensitive is None), "sensitive"] = "not known"
    return dictionary
