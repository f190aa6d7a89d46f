# shows: The risk comes as a percentage.
# loses: [check_average_risk]
# teaches: This is a percentage. Give a number of at most 1.
# %% average_risk
def average_risk(df, qi):
    if df.empty:
        raise ValueError("no rows")
    return 100 * len(equivalence_classes(df, qi)) / len(df)
