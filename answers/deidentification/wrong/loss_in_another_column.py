# shows: If one of the lists does not have the column, its first column is taken.
# loses: [check_utility_loss]
# teaches: If the column is not there, you compare another one. The reader would not know. What does the task say?
# %% utility_loss
def utility_loss(before, after, by):
    by = by if by in before.columns and by in after.columns else before.columns[0]
    was = before[by].astype(object).value_counts(dropna=False)
    now = after[by].astype(object).value_counts(dropna=False).reindex(was.index, fill_value=0)
    return (1 - now / was).sort_values(ascending=False)
