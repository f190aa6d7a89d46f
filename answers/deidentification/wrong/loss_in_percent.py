# shows: The loss comes as a percentage.
# loses: [check_utility_loss]
# teaches: This is a percentage. The task asks for a share from 0 to 1.
# %% utility_loss
def utility_loss(before, after, by):
    if by not in before.columns or by not in after.columns:
        raise ValueError(f"both lists need the column {by}")
    was = before[by].astype(object).value_counts(dropna=False)
    now = after[by].astype(object).value_counts(dropna=False).reindex(was.index, fill_value=0)
    return (100 * (1 - now / was)).sort_values(ascending=False)
