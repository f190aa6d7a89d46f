# shows: Thresholds joined by merge; lags by joining the table with itself.
# %% outbreaks
def outbreaks(df, last_year):
    work = df[["micro_code", "month", "year"]].copy()
    work["risk"] = df["dengue_cases"] / df["population"]
    usual = work[work["year"] <= last_year].groupby(["micro_code", "month"], as_index=False)["risk"].quantile(0.75)
    later = work[work["year"] > last_year]
    both = later.merge(usual, on=["micro_code", "month"], how="left", suffixes=("", "_usual"))
    return pd.Series((both["risk"] > both["risk_usual"]).to_numpy(), index=later.index)
# %% lagged
def lagged(df, column, months):
    earlier = df[["micro_code", "date", column]].copy()
    earlier["date"] = earlier["date"] + pd.DateOffset(months=months)
    both = df[["micro_code", "date"]].merge(earlier, on=["micro_code", "date"], how="left")
    return pd.Series(both[column].to_numpy(), index=df.index)
