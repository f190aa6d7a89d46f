# shows: Deaths are cut down to the number of cases.
# loses: [check_set_aside]
# teaches: You have written down a number that nobody ever counted. How do you know that the deaths are wrong, and not the cases?
# %% set_aside
def set_aside(df, failed):
    reasons = failed.groupby("row")["rule"].agg(lambda broken: "; ".join(sorted(set(broken))))
    breaks = df.index.isin(reasons.index)
    aside = df[breaks]
    aside = aside.assign(deaths=aside["deaths"].clip(upper=aside["cases"]))
    return df[~breaks], aside.assign(reasons=[reasons[row] for row in aside.index])
