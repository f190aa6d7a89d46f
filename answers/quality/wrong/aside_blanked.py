# shows: The numbers of a row that breaks a rule are made missing.
# loses: [check_set_aside]
# teaches: What was reported is gone. What could you now ask the source about?
# %% set_aside
def set_aside(df, failed):
    reasons = failed.groupby("row")["rule"].agg(lambda broken: "; ".join(sorted(set(broken))))
    breaks = df.index.isin(reasons.index)
    aside = df[breaks]
    aside = aside.assign(cases=np.nan, deaths=np.nan)
    return df[~breaks], aside.assign(reasons=[reasons[row] for row in aside.index])
