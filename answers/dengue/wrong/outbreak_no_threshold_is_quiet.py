# shows: "A month without a report is not known, but one without a threshold is called quiet."
# loses: [check_outbreak]
# teaches: "A month without a threshold is called quiet. What is it compared with?"
# %% outbreak
def outbreak(df, limits):
    pairs = zip(df["micro_code"], df["date"].dt.month)
    limit = pd.Series(limits.reindex(pairs).to_numpy(), index=df.index)
    return (df["rate"] > limit).astype(float).where(df["rate"].notna())
