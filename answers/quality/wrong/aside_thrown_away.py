# shows: The rows that break a rule are thrown away.
# loses: [check_set_aside]
# teaches: Some rows are now in neither table. Who could still ask the source about them?
# %% set_aside
def set_aside(df, failed):
    reasons = failed.groupby("row")["rule"].agg(lambda broken: "; ".join(sorted(set(broken))))
    breaks = df.index.isin(reasons.index)
    aside = df[:0]
    return df[~breaks], aside.assign(reasons=[reasons[row] for row in aside.index])
