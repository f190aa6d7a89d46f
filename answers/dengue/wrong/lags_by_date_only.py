# shows: "Rows are joined by date alone; the first place that has the month gives its value to all."
# loses: [check_make_lags]
# teaches: "The value comes from the right month, and maybe from another place. By what else must the rows match?"
# %% make_lags
def make_lags(df, by, columns, k):
    if k < 1 or df.duplicated([by, "date"]).any():
        raise ValueError("k must be 1 or more, and each month stands once")
    earlier = df[["date", *columns]].assign(date=df["date"] + pd.DateOffset(months=k)).drop_duplicates("date")
    earlier = earlier.rename(columns={column: f"{column}_lag{k}" for column in columns})
    return df.merge(earlier, on="date", how="left").set_axis(df.index)
