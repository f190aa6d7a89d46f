# shows: Only rows with a single withheld count are looked at, not columns.
# loses: [check_can_be_recovered, check_suppress]
# teaches: A row is checked against its total, a column is not. Which totals does the reader see?
# %% can_be_recovered
def can_be_recovered(table):
    inner = table.iloc[:-1, :-1].isna()
    return [(a, g) for a in inner.index for g in inner.columns if inner.at[a, g] and inner.loc[a].sum() == 1]
