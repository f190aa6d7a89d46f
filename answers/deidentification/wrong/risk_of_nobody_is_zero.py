# shows: An empty list has the risk 0.
# loses: [check_average_risk]
# teaches: An empty list got the best possible result. What does the task say about a list without rows?
# %% average_risk
def average_risk(df, qi):
    if df.empty:
        return 0.0
    return len(equivalence_classes(df, qi)) / len(df)
