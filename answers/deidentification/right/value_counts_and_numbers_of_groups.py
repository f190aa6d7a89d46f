# shows: value_counts for the classes; elsewhere each row gets the number of its class, and NumPy counts.
# %% equivalence_classes
def equivalence_classes(df, qi):
    if not qi or any(column not in df.columns for column in qi):
        raise ValueError("quasi-identifiers must be columns")
    counts = df.value_counts(subset=qi, dropna=False, sort=False)
    return counts[counts > 0].rename("rows").reset_index()
# %% k_anonymity
def sizes(df, qi):
    if not len(df):
        raise ValueError("no rows")
    return np.bincount(df.groupby(qi, dropna=False, observed=True).ngroup())


def k_anonymity(df, qi):
    return sizes(df, qi).min()
# %% uniqueness
def uniqueness(df, qi):
    rows = sizes(df, qi)
    return np.count_nonzero(rows == 1) / rows.sum()
# %% average_risk
def average_risk(df, qi):
    rows = sizes(df, qi)
    return np.average(1 / rows, weights=rows)
# %% suppress_below
def suppress_below(df, qi, k):
    number = df.groupby(qi, dropna=False, observed=True).ngroup().to_numpy()
    large = np.bincount(number)[number] >= k
    kept = df[large].copy()
    kept.index = range(len(kept))
    return kept, int((~large).sum())
# %% utility_loss
def utility_loss(before, after, by):
    if not {by} <= set(before.columns) & set(after.columns):
        raise ValueError(by)
    was = before.groupby(by, dropna=False, observed=True).size()
    now = after.groupby(by, dropna=False, observed=True).size()
    loss = was.copy().astype(float)
    for group in range(len(was)):
        label = was.index[group]
        same = now.index.isna() if pd.isna(label) else now.index == label
        loss.iloc[group] = 1 - now[same].sum() / was.iloc[group]
    return loss.sort_values(ascending=False, kind="stable")
