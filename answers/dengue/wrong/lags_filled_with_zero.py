# shows: "A value that is not known is filled with 0."
# loses: [check_make_lags]
# teaches: "What was not known before is 0 now. Who counted it?"
# %% make_lags
def make_lags(df, by, columns, k):
    if k < 1 or df.duplicated([by, "date"]).any():
        raise ValueError("k must be 1 or more, and each month stands once")
    earlier = df[[by, "date", *columns]].assign(date=df["date"] + pd.DateOffset(months=k))
    earlier = earlier.rename(columns={column: f"{column}_lag{k}" for column in columns})
    return df.merge(earlier, on=[by, "date"], how="left").fillna(0).set_axis(df.index)
