# shows: The mean number of different values in a class, rounded.
# loses: [check_l_diversity]
# teaches: This is a mean. A class in which all have the same is hidden behind it. Which class decides?
# %% l_diversity
def l_diversity(df, qi, sensitive):
    if df.empty:
        raise ValueError("no rows")
    return round(df.groupby(qi, observed=True, dropna=False)[sensitive].nunique(dropna=False).mean())
