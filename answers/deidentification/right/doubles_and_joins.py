# shows: drop_duplicates gives the classes, a merge counts them, duplicated finds those who are alone.
# %% equivalence_classes
def equivalence_classes(df, qi):
    if not qi:
        raise ValueError("none")
    try:
        first = df.drop_duplicates(subset=qi)[qi]
    except KeyError as error:
        raise ValueError("no such column") from error
    first = first.reset_index(drop=True).rename_axis("class").reset_index()
    joined = df[qi].merge(first, on=qi, how="left")
    first["rows"] = joined["class"].value_counts().reindex(first["class"]).to_numpy()
    return first.drop(columns="class")
# %% k_anonymity
def k_anonymity(df, qi):
    classes = equivalence_classes(df, qi)
    if classes.empty:
        raise ValueError("nobody")
    return classes["rows"].nsmallest(1).iloc[0]
# %% uniqueness
def uniqueness(df, qi):
    if df.shape[0] == 0:
        raise ValueError("nobody")
    return 1 - df.duplicated(subset=qi, keep=False).mean()
# %% average_risk
def average_risk(df, qi):
    if df.shape[0] == 0:
        raise ValueError("nobody")
    return (~df.duplicated(subset=qi)).mean()
# %% l_diversity
def l_diversity(df, qi, sensitive):
    if df.shape[0] == 0:
        raise ValueError("nobody")
    pairs = df.drop_duplicates(subset=[*qi, sensitive])
    return k_anonymity(pairs, qi)
# %% generalise
def generalise(df, plan):
    if any(column not in df for column in plan):
        raise ValueError("no such column")
    released = df.reset_index(drop=True)
    for column in df.columns:
        if column not in plan:
            released = released.drop(columns=column)
        elif plan[column] is not None:
            start, width, top = plan[column]
            begins = start + np.floor((released[column] - start) / width) * width
            released[column] = np.minimum(begins, top)
    return released[list(plan)]
