# shows: The percent are of all families, not of the group's.
# loses: [check_who_is_missing]
# teaches: Of whom are these percent?
# %% who_is_missing
def who_is_missing(families: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    found = families[["group", "families"]]
    found["in_register"] = found["group"].map(register["group"].value_counts()).fillna(0)
    missing = found["families"] - found["in_register"]
    found["missing"] = missing.where(missing >= 0)
    found["percent"] = 100 * found["missing"] / found["families"].sum()
    if register["group"].isna().any():
        found.loc[len(found)] = ["not known", np.nan, register["group"].isna().sum(), np.nan, np.nan]
    return found
