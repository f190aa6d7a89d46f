# shows: k is taken for each quasi-identifier by itself, and not for all together.
# loses: [check_k_anonymity]
# teaches: Each column was looked at by itself. Others know area and age and sex of a person together.
# %% k_anonymity
def k_anonymity(df, qi):
    if df.empty:
        raise ValueError("no rows")
    return min(int(equivalence_classes(df, [column])["rows"].min()) for column in qi)
