# shows: Families whose group nobody wrote down are forgotten.
# loses: [check_who_is_missing]
# teaches: Does your table hold each family of the register?
# %% who_is_missing
def who_is_missing(families: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    found = families[["group", "families"]]
    found["in_register"] = found["group"].map(register["group"].value_counts()).fillna(0)
    missing = found["families"] - found["in_register"]
    found["missing"] = missing.where(missing >= 0)
    found["percent"] = 100 * found["missing"] / found["families"]
    return found
