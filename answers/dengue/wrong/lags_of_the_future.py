# shows: "The later month is taken in place of the earlier one."
# loses: [check_make_lags]
# teaches: "The values come from later months. Which way does time run when you move a date?"
# %% make_lags
def make_lags(df, by, columns, k):
    if k < 1 or df.duplicated([by, "date"]).any():
        raise ValueError("k must be 1 or more, and each month stands once")
    later = df[[by, "date", *columns]].assign(date=df["date"] - pd.DateOffset(months=k))
    later = later.rename(columns={column: f"{column}_lag{k}" for column in columns})
    return df.merge(later, on=[by, "date"], how="left").set_axis(df.index)
