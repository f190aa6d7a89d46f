# shows: Where the register has more families than were counted, a negative number is missing.
# loses: [check_who_is_missing]
# teaches: Can fewer than no family be missing? Which of the two numbers is too old?
# %% who_is_missing
def who_is_missing(families: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    found = families[["group", "families"]]
    found["in_register"] = found["group"].map(register["group"].value_counts()).fillna(0)
    missing = found["families"] - found["in_register"]
    found["missing"] = missing
    found["percent"] = 100 * found["missing"] / found["families"]
    if register["group"].isna().any():
        found.loc[len(found)] = ["not known", np.nan, register["group"].isna().sum(), np.nan, np.nan]
    return found
