# shows: "The result is sorted by microregion and month, so the values belong to other rows."
# loses: [check_outbreak]
# teaches: "The values are right and stand at other rows. Whose index must the result have?"
# %% outbreak
def outbreak(df, limits):
    rows = df.sort_values(["micro_code", "date"])
    pairs = zip(rows["micro_code"], rows["date"].dt.month)
    limit = pd.Series(limits.reindex(pairs).to_numpy(), index=rows.index)
    found = (rows["rate"] > limit).astype(float).where(rows["rate"].notna() & limit.notna())
    return found.reset_index(drop=True)
