# shows: Only one reason is kept for each row.
# loses: [check_set_aside]
# teaches: A row can be wrong in more than one way. Are all its reasons there?
# %% set_aside
def set_aside(df, failed):
    reasons = failed.groupby("row")["rule"].agg(lambda broken: sorted(broken)[0])
    breaks = df.index.isin(reasons.index)
    aside = df[breaks]
    return df[~breaks], aside.assign(reasons=[reasons[row] for row in aside.index])
