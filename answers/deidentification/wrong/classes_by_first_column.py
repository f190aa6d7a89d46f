# shows: Only the first quasi-identifier makes the classes.
# loses: [check_equivalence_classes]
# teaches: Rows are in one class only if they are the same in all quasi-identifiers together, not in one of them.
# %% equivalence_classes
def equivalence_classes(df, qi):
    unknown = set(qi) - set(df.columns)
    if unknown or not qi:
        raise ValueError(f"choose among the columns: {sorted(unknown)} are not there")
    table = df.drop_duplicates(qi)[qi].copy()
    sizes = df.groupby(qi[0], observed=True, dropna=False)[qi[0]].transform("size")
    table["rows"] = sizes.loc[table.index]
    return table
