# shows: An empty list has k = 0.
# loses: [check_k_anonymity]
# teaches: An empty list got a number. Somebody could take it for a measure. What does the task say about it?
# %% k_anonymity
def k_anonymity(df, qi):
    if df.empty:
        return 0
    return int(equivalence_classes(df, qi)["rows"].min())
