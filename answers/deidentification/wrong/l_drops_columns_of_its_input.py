# shows: Columns that are not needed are dropped from the table that was given.
# loses: [check_l_diversity]
# teaches: Columns were dropped from the table that came in. Who else may use this table?
# %% l_diversity
def l_diversity(df, qi, sensitive):
    if df.empty:
        raise ValueError("no rows")
    df.drop(columns=[column for column in df if column not in [*qi, sensitive]], inplace=True)
    return int(df.groupby(qi, observed=True, dropna=False)[sensitive].nunique(dropna=False).min())
