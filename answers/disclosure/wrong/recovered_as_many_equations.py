# shows: If there are at least as many totals as withheld counts, all are said to be known.
# loses: [check_can_be_recovered, check_suppress]
# teaches: As many totals as withheld counts do not make them known. Do the totals say the same thing twice?
# %% can_be_recovered
def can_be_recovered(table):
    inner = table.iloc[:-1, :-1].isna()
    cells = [(a, g) for a in inner.index for g in inner.columns if inner.at[a, g]]
    totals = inner.any(axis=1).sum() + inner.any(axis=0).sum()
    return cells if totals >= len(cells) else []
