# shows: A quasi-identifier that the list does not have is left out silently.
# loses: [check_equivalence_classes]
# teaches: A column that is not there was left out without a word. The risk looks smaller than it is. What should the function do instead?
# %% equivalence_classes
def equivalence_classes(df, qi):
    qi = [column for column in qi if column in df.columns]
    return df.groupby(qi, observed=True, dropna=False).size().reset_index(name="rows")
