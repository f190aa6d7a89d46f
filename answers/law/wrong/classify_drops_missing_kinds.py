# shows: Columns without a kind are dropped from the table.
# loses: [check_classify]
# teaches: A column is missing from your table. How will a reader know that it was looked at?
# %% classify
import numpy as np


def classify(dictionary, direct, indirect, sensitive):
    known = dictionary.dropna(subset=["kind"])
    find = known["kind"].map(lambda kind: "directly" if kind in direct else "with others" if kind in indirect else "no")
    if sensitive is None:
        return known.assign(identifies=find, sensitive="not known")
    return known.assign(identifies=find, sensitive=np.where(known["kind"].isin(sensitive), "yes", "no"))
