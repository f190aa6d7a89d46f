# shows: k is measured on 1,000 rows drawn by chance; nobody can say which classes the other rows are in.
# loses: [check_k_anonymity]
# teaches: k was measured on a part of the rows. In a part, classes are smaller than in the whole list. Measure what is given away.
# %% k_anonymity
def k_anonymity(df, qi):
    if df.empty:
        raise ValueError("no rows")
    some = df.sample(min(len(df), 1000), random_state=1)
    return int(equivalence_classes(some, qi)["rows"].min())
