# shows: groupby leaves out the rows in which a quasi-identifier is missing.
# loses: [check_equivalence_classes]
# teaches: People whose area is missing have fallen out. They are in the list, so they are in a class. What does groupby do with NaN by itself?
# %% equivalence_classes
def equivalence_classes(df, qi):
    unknown = set(qi) - set(df.columns)
    if unknown or not qi:
        raise ValueError(f"choose among the columns: {sorted(unknown)} are not there")
    return df.groupby(qi, observed=True).size().reset_index(name="rows")
