# shows: Only the two new columns come back, so nobody sees to which column of the list a row belongs.
# loses: [check_classify]
# teaches: The two answers come without the column that they belong to. Which columns does the docstring name?
# %% classify
import numpy as np


def classify(dictionary, direct, indirect, sensitive):
    kinds = dictionary["kind"]
    finds = np.select([kinds.isna(), kinds.isin(direct), kinds.isin(indirect)], ["not known", "directly", "with others"], "no")
    law = np.where(kinds.isna() | (sensitive is None), "not known", np.where(kinds.isin(sensitive or []), "yes", "no"))
    return pd.DataFrame({"identifies": finds, "sensitive": law})
