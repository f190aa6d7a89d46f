# shows: A reason is repeated for each cell that pandera names.
# loses: [check_set_aside]
# teaches: The same reason stands there several times. How often should each be named?
# %% set_aside
def set_aside(df, failed):
    reasons = failed.groupby("row")["rule"].agg(lambda broken: "; ".join(sorted(broken)))
    breaks = df.index.isin(reasons.index)
    aside = df[breaks]
    return df[~breaks], aside.assign(reasons=[reasons[row] for row in aside.index])
