# shows: Classes of one row are left out as if they were mistakes in the data.
# loses: [check_equivalence_classes, check_k_anonymity]
# teaches: Those who are alone in their class have gone. They are the ones at risk, so they must be counted.
# %% equivalence_classes
def equivalence_classes(df, qi):
    unknown = set(qi) - set(df.columns)
    if unknown or not qi:
        raise ValueError(f"choose among the columns: {sorted(unknown)} are not there")
    table = df.groupby(qi, observed=True, dropna=False).size().reset_index(name="rows")
    return table[table["rows"] > 1]
