# shows: "Of two rows for one month the first is taken without a word."
# loses: [check_make_lags]
# teaches: "Of two rows for the same month one is taken, and nobody is told. How do you know which is right?"
# %% make_lags
def make_lags(df, by, columns, k):
    if k < 1:
        raise ValueError("k must be 1 or more")
    earlier = df[[by, "date", *columns]].assign(date=df["date"] + pd.DateOffset(months=k)).drop_duplicates([by, "date"])
    earlier = earlier.rename(columns={column: f"{column}_lag{k}" for column in columns})
    return df.merge(earlier, on=[by, "date"], how="left").set_axis(df.index)
