# shows: The classes are counted anew with groupby, which leaves out people whose area is missing.
# loses: [check_k_anonymity]
# teaches: "People whose area is missing have fallen out. Your function of task 1 keeps them: use it."
# %% k_anonymity
def k_anonymity(df, qi):
    if df.empty:
        raise ValueError("no rows")
    return int(df.groupby(qi).size().min())
