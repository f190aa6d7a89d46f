# shows: k is the largest class instead of the smallest.
# loses: [check_k_anonymity]
# teaches: This is the size of the largest class. The list is as safe as the person who is hidden worst.
# %% k_anonymity
def k_anonymity(df, qi):
    if df.empty:
        raise ValueError("no rows")
    return int(equivalence_classes(df, qi)["rows"].max())
