# shows: k is the mean size of a class.
# loses: [check_k_anonymity]
# teaches: This is a mean. k is a promise to everybody, so it is about the smallest class.
# %% k_anonymity
def k_anonymity(df, qi):
    if df.empty:
        raise ValueError("no rows")
    return int(equivalence_classes(df, qi)["rows"].mean())
