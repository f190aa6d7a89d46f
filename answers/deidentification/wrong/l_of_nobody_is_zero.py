# shows: An empty list has l = 0.
# loses: [check_l_diversity]
# teaches: An empty list got a number. What does the task say about it?
# %% l_diversity
def l_diversity(df, qi, sensitive):
    if df.empty:
        return 0
    return int(df.groupby(qi, observed=True, dropna=False)[sensitive].nunique(dropna=False).min())
