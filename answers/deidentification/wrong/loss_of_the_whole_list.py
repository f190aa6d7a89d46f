# shows: The people who are gone are divided by all people of the list.
# loses: [check_utility_loss]
# teaches: Small groups look as if they lost little, because you divide by everybody. Divide by the group's own people.
# %% utility_loss
def utility_loss(before, after, by):
    if by not in before.columns or by not in after.columns:
        raise ValueError(f"both lists need the column {by}")
    was = before[by].astype(object).value_counts(dropna=False)
    now = after[by].astype(object).value_counts(dropna=False).reindex(was.index, fill_value=0)
    return ((was - now) / len(before)).sort_values(ascending=False)
