# shows: "l is taken for k: the rows of the smallest class are counted."
# loses: [check_l_diversity]
# teaches: These are rows. l counts how many different sensitive values a class has.
# %% l_diversity
def l_diversity(df, qi, sensitive):
    if df.empty:
        raise ValueError("no rows")
    return int(df.groupby(qi, observed=True, dropna=False).size().min())
