# shows: The smallest loss comes first.
# loses: [check_utility_loss]
# teaches: The order begins with those who lost least. Who should the reader see first?
# %% utility_loss
def utility_loss(before, after, by):
    if by not in before.columns or by not in after.columns:
        raise ValueError(f"both lists need the column {by}")
    was = before[by].astype(object).value_counts(dropna=False)
    now = after[by].astype(object).value_counts(dropna=False).reindex(was.index, fill_value=0)
    return (1 - now / was).sort_values()
