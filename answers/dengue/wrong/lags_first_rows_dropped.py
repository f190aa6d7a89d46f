# shows: "Rows without an earlier value are dropped."
# loses: [check_make_lags]
# teaches: "Rows are gone, those without an earlier value. What happens to the reader who looks for them?"
# %% make_lags
def make_lags(df, by, columns, k):
    if k < 1 or df.duplicated([by, "date"]).any():
        raise ValueError("k must be 1 or more, and each month stands once")
    earlier = df[[by, "date", *columns]].assign(date=df["date"] + pd.DateOffset(months=k), row=1)
    earlier = earlier.rename(columns={column: f"{column}_lag{k}" for column in columns})
    both = df.merge(earlier, on=[by, "date"], how="left").set_axis(df.index)
    return both[both["row"].notna()].drop(columns="row")
