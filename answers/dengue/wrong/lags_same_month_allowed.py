# shows: "k = 0 is answered: a month is predicted with itself."
# loses: [check_make_lags]
# teaches: "A month may be warned of with its own cases. When are they known?"
# %% make_lags
def make_lags(df, by, columns, k):
    if df.duplicated([by, "date"]).any():
        raise ValueError("each month stands once")
    earlier = df[[by, "date", *columns]].assign(date=df["date"] + pd.DateOffset(months=k))
    earlier = earlier.rename(columns={column: f"{column}_lag{k}" for column in columns})
    return df.merge(earlier, on=[by, "date"], how="left").set_axis(df.index)
