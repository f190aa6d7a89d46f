# shows: "A month that is as high as its threshold counts as an outbreak."
# loses: [check_outbreak]
# teaches: "A month that is just as high as its threshold is called an outbreak. What does the docstring say of equal numbers?"
# %% outbreak
def outbreak(df, limits):
    pairs = zip(df["micro_code"], df["date"].dt.month)
    limit = pd.Series(limits.reindex(pairs).to_numpy(), index=df.index)
    return (df["rate"] >= limit).astype(float).where(df["rate"].notna() & limit.notna())
