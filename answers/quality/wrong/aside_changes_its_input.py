# shows: The column of reasons is added to the table that was given.
# loses: [check_set_aside]
# teaches: "Look at the table of the caller after the call: what is new in it?"
# %% set_aside
def set_aside(df, failed):
    reasons = failed.groupby("row")["rule"].agg(lambda broken: "; ".join(sorted(set(broken))))
    df["reasons"] = [reasons.get(row, "") for row in df.index]
    kept, aside = df[df["reasons"] == ""], df[df["reasons"] != ""]
    return kept.drop(columns="reasons"), aside
