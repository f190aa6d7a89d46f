# shows: The lag runs on from one place into the next.
# loses: [check_lagged]
# %% lagged
def lagged(df, column, months):
    return df.sort_values(["micro_code", "date"])[column].shift(months).reindex(df.index)
