# shows: k is the number of classes.
# loses: [check_k_anonymity]
# teaches: This counts the classes. k counts the rows of one of them. Of which?
# %% k_anonymity
def k_anonymity(df, qi):
    if df.empty:
        raise ValueError("no rows")
    return len(equivalence_classes(df, qi))
