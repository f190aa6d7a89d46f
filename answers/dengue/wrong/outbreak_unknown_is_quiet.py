# shows: "What is not known becomes 0.0: a month without a report is a quiet month."
# loses: [check_outbreak]
# teaches: "Months without a report are called quiet. What do you know about them?"
# %% outbreak
def outbreak(df, limits):
    pairs = zip(df["micro_code"], df["date"].dt.month)
    limit = pd.Series(limits.reindex(pairs).to_numpy(), index=df.index)
    return (df["rate"] > limit).astype(float)
