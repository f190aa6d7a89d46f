# shows: A missing value comes out as the word nan, so it is no longer missing.
# loses: [check_equivalence_classes]
# teaches: A missing value came out as a word. It is a value of its own, and it stays missing.
# %% equivalence_classes
def equivalence_classes(df, qi):
    unknown = set(qi) - set(df.columns)
    if unknown or not qi:
        raise ValueError(f"choose among the columns: {sorted(unknown)} are not there")
    table = df.groupby(qi, observed=True, dropna=False).size().reset_index(name="rows")
    return table.astype({column: str for column in qi if table[column].isna().any()}).replace("nan", "missing")
