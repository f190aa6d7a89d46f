# shows: People whose group is missing are left out.
# loses: [check_utility_loss]
# teaches: People whose group is missing are not in your result. They are a group too.
# %% utility_loss
def utility_loss(before, after, by):
    if by not in before.columns or by not in after.columns:
        raise ValueError(f"both lists need the column {by}")
    was = before[by].astype(object).value_counts()
    now = after[by].astype(object).value_counts().reindex(was.index, fill_value=0)
    return (1 - now / was).sort_values(ascending=False)
