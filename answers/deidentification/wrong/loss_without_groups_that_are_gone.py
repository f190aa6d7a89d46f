# shows: A group of which nobody is left is missing from the result.
# loses: [check_utility_loss]
# teaches: A group of which nobody is left is not in your result, and it has lost the most.
# %% utility_loss
def utility_loss(before, after, by):
    if by not in before.columns or by not in after.columns:
        raise ValueError(f"both lists need the column {by}")
    was = before[by].astype(object).value_counts(dropna=False)
    now = after[by].astype(object).value_counts(dropna=False)
    return (1 - now / was).dropna().sort_values(ascending=False)
