# shows: A category that nobody has becomes a group.
# loses: [check_utility_loss]
# teaches: A group that nobody was in is in your result. Where does it come from if the column is one of categories?
# %% utility_loss
def utility_loss(before, after, by):
    if by not in before.columns or by not in after.columns:
        raise ValueError(f"both lists need the column {by}")
    was = before[by].value_counts(dropna=False)
    now = after[by].value_counts(dropna=False).reindex(was.index, fill_value=0)
    return (1 - now / was).sort_values(ascending=False)
