# shows: The share that is left is given instead of the share that is gone.
# loses: [check_utility_loss]
# teaches: This is what is left. The loss is the rest.
# %% utility_loss
def utility_loss(before, after, by):
    if by not in before.columns or by not in after.columns:
        raise ValueError(f"both lists need the column {by}")
    was = before[by].astype(object).value_counts(dropna=False)
    now = after[by].astype(object).value_counts(dropna=False).reindex(was.index, fill_value=0)
    return (now / was).sort_values(ascending=False)
