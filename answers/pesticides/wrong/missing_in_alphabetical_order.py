# shows: The groups are sorted.
# loses: [check_who_is_missing]
# teaches: In which order does the task ask for the groups?
# %% who_is_missing
def who_is_missing(families: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    found = families[["group", "families"]].sort_values("group", ignore_index=True)
    found["in_register"] = found["group"].map(register["group"].value_counts()).fillna(0)
    missing = found["families"] - found["in_register"]
    found["missing"] = missing.where(missing >= 0)
    found["percent"] = 100 * found["missing"] / found["families"]
    if register["group"].isna().any():
        found.loc[len(found)] = ["not known", np.nan, register["group"].isna().sum(), np.nan, np.nan]
    return found
