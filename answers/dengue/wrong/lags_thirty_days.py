# shows: "A month is taken for 30 days, so most dates are not found."
# loses: [check_make_lags]
# teaches: "A month is counted as 30 days. How long are January and February?"
# %% make_lags
def make_lags(df, by, columns, k):
    if k < 1 or df.duplicated([by, "date"]).any():
        raise ValueError("k must be 1 or more, and each month stands once")
    earlier = df[[by, "date", *columns]].assign(date=df["date"] + pd.Timedelta(days=30 * k))
    earlier = earlier.rename(columns={column: f"{column}_lag{k}" for column in columns})
    return df.merge(earlier, on=[by, "date"], how="left").set_axis(df.index)
