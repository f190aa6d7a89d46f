# shows: Missing values are filled in the table that was given, so the caller's table is another one afterwards.
# loses: [check_equivalence_classes]
# teaches: Missing values are filled in the table that came in. Who else may use this table, and what is NaN in the result?
# %% equivalence_classes
def equivalence_classes(df, qi):
    unknown = set(qi) - set(df.columns)
    if unknown or not qi:
        raise ValueError(f"choose among the columns: {sorted(unknown)} are not there")
    for column in qi:
        if df[column].dtype == "str":
            df[column] = df[column].fillna("not known")
    return df.groupby(qi, observed=True, dropna=False).size().reset_index(name="rows")
