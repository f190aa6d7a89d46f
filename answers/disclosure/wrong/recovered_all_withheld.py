# shows: Each withheld count is said to be known.
# loses: [check_can_be_recovered]
# teaches: Every withheld count is called known. Which of them could be one higher, if others were lower?
# %% can_be_recovered
def can_be_recovered(table):
    inner = table.iloc[:-1, :-1].isna()
    return [(a, g) for a in inner.index for g in inner.columns if inner.at[a, g]]
