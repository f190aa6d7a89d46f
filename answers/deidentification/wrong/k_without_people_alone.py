# shows: People who are alone in their class are left out before k is measured.
# loses: [check_k_anonymity]
# teaches: Those who are alone were left out before k was measured. They are still in the list.
# %% k_anonymity
def k_anonymity(df, qi):
    if df.empty:
        raise ValueError("no rows")
    rows = equivalence_classes(df, qi)["rows"]
    return int(rows[rows > 1].min()) if (rows > 1).any() else 2
