# shows: The index of a row is taken for its position.
# loses: [check_set_aside]
# teaches: A row is known by its index, and the rows may stand in any order. What does your function look up?
# %% set_aside
def set_aside(df, failed):
    reasons = failed.groupby("row")["rule"].agg(lambda broken: "; ".join(sorted(set(broken))))
    breaks = np.isin(np.arange(len(df)), reasons.index)
    aside = df[breaks]
    return df[~breaks], aside.assign(reasons=[reasons.get(row, "") for row in aside.index])
