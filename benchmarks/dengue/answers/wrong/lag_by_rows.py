# shows: The lag takes the row before, whatever it is.
# loses: [check_lagged]
# %% lagged
def lagged(df, column, months):
    return df[column].shift(months)
