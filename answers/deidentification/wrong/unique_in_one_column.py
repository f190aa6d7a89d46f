# shows: Counts people whose value is unique in any one column, not in all together.
# loses: [check_uniqueness]
# teaches: Each column was looked at by itself. It takes the columns together to single a person out.
# %% uniqueness
def uniqueness(df, qi):
    if df.empty:
        raise ValueError("no rows")
    alone = pd.Series(False, index=range(len(df)))
    for column in qi:
        alone |= ~df[column].duplicated(keep=False).to_numpy()
    return float(alone.mean())
