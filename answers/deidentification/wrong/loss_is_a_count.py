# shows: How many people are gone, not which share of the group.
# loses: [check_utility_loss]
# teaches: These are people, not shares. Ten of twelve and ten of a thousand are different losses.
# %% utility_loss
def utility_loss(before, after, by):
    if by not in before.columns or by not in after.columns:
        raise ValueError(f"both lists need the column {by}")
    was = before[by].astype(object).value_counts(dropna=False)
    now = after[by].astype(object).value_counts(dropna=False).reindex(was.index, fill_value=0)
    return (was - now).sort_values(ascending=False)
