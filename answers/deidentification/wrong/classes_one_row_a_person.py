# shows: Each person gets the size of the own class; the classes are not put together.
# loses: [check_equivalence_classes]
# teaches: The table has one row for each person. A class is one row, however many people are in it.
# %% equivalence_classes
def equivalence_classes(df, qi):
    unknown = set(qi) - set(df.columns)
    if unknown or not qi:
        raise ValueError(f"choose among the columns: {sorted(unknown)} are not there")
    table = df[qi].copy()
    table["rows"] = df.groupby(qi, observed=True, dropna=False)[qi[0]].transform("size")
    return table
