# shows: Rows with a missing number are set aside as well.
# loses: [check_set_aside]
# teaches: A row was set aside that breaks no rule. Is a missing number one of the rules?
# %% set_aside
def set_aside(df, failed):
    reasons = failed.groupby("row")["rule"].agg(lambda broken: "; ".join(sorted(set(broken))))
    breaks = df.index.isin(reasons.index) | df.isna().any(axis=1)
    aside = df[breaks]
    return df[~breaks], aside.assign(reasons=[reasons.get(row, "") for row in aside.index])
