# shows: The columns are added to the table that was given.
# loses: [check_who_is_missing]
# teaches: Somebody else may need that table as it was. Work on a copy.
# %% who_is_missing
def who_is_missing(families: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    found = families
    found["in_register"] = found["group"].map(register["group"].value_counts()).fillna(0)
    missing = found["families"] - found["in_register"]
    found["missing"] = missing.where(missing >= 0)
    found["percent"] = 100 * found["missing"] / found["families"]
    if register["group"].isna().any():
        found.loc[len(found)] = ["not known", np.nan, register["group"].isna().sum(), np.nan, np.nan]
    return found
