# shows: A missing sensitive value is not counted as a value.
# loses: [check_l_diversity]
# teaches: A missing sensitive value was not counted. Read again what the task says about missing values.
# %% l_diversity
def l_diversity(df, qi, sensitive):
    if df.empty:
        raise ValueError("no rows")
    return int(df.groupby(qi, observed=True, dropna=False)[sensitive].nunique().min())
