# shows: Rows and columns with a single withheld count are found, but not what follows from these.
# loses: [check_can_be_recovered]
# teaches: What is worked out once is not used again. A reader goes on with it.
# %% can_be_recovered
def can_be_recovered(table):
    inner = table.iloc[:-1, :-1].isna()
    return [
        (a, g)
        for a in inner.index
        for g in inner.columns
        if inner.at[a, g] and 1 in (inner.loc[a].sum(), inner[g].sum())
    ]
