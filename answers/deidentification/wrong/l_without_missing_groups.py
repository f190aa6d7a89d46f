# shows: People whose quasi-identifier is missing are left out by groupby.
# loses: [check_l_diversity]
# teaches: People whose area is missing have fallen out of the classes. What does groupby do with NaN by itself?
# %% l_diversity
def l_diversity(df, qi, sensitive):
    if df.empty:
        raise ValueError("no rows")
    return int(df.groupby(qi, observed=True)[sensitive].nunique(dropna=False).min())
