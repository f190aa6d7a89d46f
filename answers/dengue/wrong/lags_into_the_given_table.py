# shows: "The new columns are written into the table that was given."
# loses: [check_make_lags]
# teaches: "The table that was given has new columns afterwards. What do others see who use it?"
# %% make_lags
def make_lags(df, by, columns, k):
    if k < 1 or df.duplicated([by, "date"]).any():
        raise ValueError("k must be 1 or more, and each month stands once")
    earlier = df[[by, "date", *columns]].assign(date=df["date"] + pd.DateOffset(months=k))
    both = df[[by, "date"]].merge(earlier, on=[by, "date"], how="left").set_axis(df.index)
    for column in columns:
        df[f"{column}_lag{k}"] = both[column]
    return df
