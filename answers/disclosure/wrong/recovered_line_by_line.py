# shows: Single withheld counts are worked out again and again, but rows and columns are never combined.
# loses: [check_can_be_recovered]
# teaches: No single row or column gives that count away, but several added up do. Which sums does the reader know?
# %% can_be_recovered
def can_be_recovered(table):
    hidden = table.iloc[:-1, :-1].isna()
    found = []
    going_on = True
    while going_on:
        going_on = False
        for a in hidden.index:
            for g in hidden.columns:
                if hidden.at[a, g] and 1 in (hidden.loc[a].sum(), hidden[g].sum()):
                    hidden.at[a, g] = False
                    found.append((a, g))
                    going_on = True
    return [(a, g) for a in hidden.index for g in hidden.columns if (a, g) in found]
