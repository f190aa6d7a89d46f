# shows: Tables of places by months, worked on as arrays.
# %% yearly_cases
def yearly_cases(df):
    return df.pivot_table(index="year", values="dengue_cases", aggfunc="sum", min_count=1)["dengue_cases"].reindex(
        sorted(df["year"].unique())
    )
# %% incidence
def incidence(df, by):
    complete = df["dengue_cases"].notna() & df["population"].notna()
    codes, groups = pd.factorize(df.loc[complete, by])
    cases = np.bincount(codes, df.loc[complete, "dengue_cases"])
    people = np.bincount(codes, df.loc[complete, "population"])
    return pd.Series(cases / people * 12 * 100_000, index=groups).sort_values(ascending=False)
# %% lagged
def lagged(df, column, months):
    wide = df.pivot(index="date", columns="micro_code", values=column)
    earlier = wide.shift(months).stack(future_stack=True).rename("earlier").reset_index()
    found = df[["date", "micro_code"]].merge(earlier, on=["date", "micro_code"], how="left")["earlier"]
    return found.set_axis(df.index)
