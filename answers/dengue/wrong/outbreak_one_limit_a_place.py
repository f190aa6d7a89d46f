# shows: "The mean of a microregion's thresholds is used for all months."
# loses: [check_outbreak]
# teaches: "Each month is compared with the same limit of its microregion. Which threshold belongs to which month?"
# %% outbreak
def outbreak(df, limits):
    limit = df["micro_code"].map(limits.groupby(level=0).mean())
    return (df["rate"] > limit).astype(float).where(df["rate"].notna() & limit.notna())
