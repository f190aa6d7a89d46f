# shows: With columns of categories, classes that nobody is in are counted too.
# loses: [check_equivalence_classes]
# teaches: There are classes with no row. Where do they come from if a column is one of categories?
# %% equivalence_classes
def equivalence_classes(df, qi):
    unknown = set(qi) - set(df.columns)
    if unknown or not qi:
        raise ValueError(f"choose among the columns: {sorted(unknown)} are not there")
    return df.groupby(qi, observed=False, dropna=False).size().reset_index(name="rows")
