# shows: Both tables are sorted in place.
# loses: [check_utility_loss]
# teaches: The table that came in is sorted in place, so its rows are in another order. Who else may use it?
# %% utility_loss
def utility_loss(before, after, by):
    if by not in before.columns or by not in after.columns:
        raise ValueError(f"both lists need the column {by}")
    before.sort_values(by, inplace=True)
    was = before[by].astype(object).value_counts(dropna=False)
    now = after[by].astype(object).value_counts(dropna=False).reindex(was.index, fill_value=0)
    return (1 - now / was).sort_values(ascending=False)
