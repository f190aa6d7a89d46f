# shows: The different values of the whole list are counted, without classes.
# loses: [check_l_diversity]
# teaches: These are the different values of the whole list. Count them class by class.
# %% l_diversity
def l_diversity(df, qi, sensitive):
    if df.empty:
        raise ValueError("no rows")
    return int(df[sensitive].nunique(dropna=False))
