# shows: A group of which nobody is in the register has no row.
# loses: [check_who_is_missing]
# teaches: Those of whom nobody is in the register are gone from your table. Who is missing most?
# %% who_is_missing
def who_is_missing(families: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    found = families[["group", "families"]]
    found["in_register"] = found["group"].map(register["group"].value_counts()).fillna(0)
    found = found[found["in_register"] > 0].reset_index(drop=True)
    missing = found["families"] - found["in_register"]
    found["missing"] = missing.where(missing >= 0)
    found["percent"] = 100 * found["missing"] / found["families"]
    if register["group"].isna().any():
        found.loc[len(found)] = ["not known", np.nan, register["group"].isna().sum(), np.nan, np.nan]
    return found
