# shows: The class with the most different values is taken.
# loses: [check_l_diversity]
# teaches: This is the class that hides best. Which class decides how safe the list is?
# %% l_diversity
def l_diversity(df, qi, sensitive):
    if df.empty:
        raise ValueError("no rows")
    return int(df.groupby(qi, observed=True, dropna=False)[sensitive].nunique(dropna=False).max())
