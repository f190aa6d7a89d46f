# shows: Categories that nobody has make classes with no value, so l is 0.
# loses: [check_l_diversity]
# teaches: A class that nobody is in made l smaller. Where does it come from if a column is one of categories?
# %% l_diversity
def l_diversity(df, qi, sensitive):
    if df.empty:
        raise ValueError("no rows")
    return int(df.groupby(qi, observed=False, dropna=False)[sensitive].nunique(dropna=False).min())
