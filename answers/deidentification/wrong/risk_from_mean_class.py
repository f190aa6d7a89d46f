# shows: One divided by the size of the class that a person is in on average.
# loses: [check_average_risk]
# teaches: "First the size was averaged, then 1 was divided by it. Do it in the other order: each person's chance first."
# %% average_risk
def average_risk(df, qi):
    if df.empty:
        raise ValueError("no rows")
    rows = equivalence_classes(df, qi)["rows"]
    return float(1 / ((rows * rows).sum() / len(df)))
