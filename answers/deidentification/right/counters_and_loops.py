# shows: "Plain Python: rows become tuples, a Counter counts them, and loops do the rest."
# %% equivalence_classes
from collections import Counter


def key_of(row):
    return tuple(None if pd.isna(value) else value for value in row)


def keys_of(df, qi):
    return [key_of(row) for row in df[qi].itertuples(index=False, name=None)]


def equivalence_classes(df, qi):
    if len(qi) == 0:
        raise ValueError("choose at least one quasi-identifier")
    for column in qi:
        if column not in df:
            raise ValueError("no column " + column)
    counts = Counter(keys_of(df, qi))
    return pd.DataFrame([[*key, rows] for key, rows in counts.items()], columns=[*qi, "rows"])
# %% k_anonymity
def k_anonymity(df, qi):
    if len(df) == 0:
        raise ValueError("empty")
    return min(Counter(keys_of(df, qi)).values())
# %% uniqueness
def uniqueness(df, qi):
    if len(df) == 0:
        raise ValueError("empty")
    counts = Counter(keys_of(df, qi))
    return sum(1 for rows in counts.values() if rows == 1) / len(df)
# %% average_risk
def average_risk(df, qi):
    if len(df) == 0:
        raise ValueError("empty")
    keys = keys_of(df, qi)
    counts = Counter(keys)
    return sum(1 / counts[key] for key in keys) / len(keys)
# %% l_diversity
def l_diversity(df, qi, sensitive):
    if len(df) == 0:
        raise ValueError("empty")
    values = {}
    for key, value in zip(keys_of(df, qi), df[sensitive]):
        values.setdefault(key, set()).add("missing" if pd.isna(value) else value)
    return min(len(different) for different in values.values())
# %% generalise
def generalise(df, plan):
    released = pd.DataFrame(index=range(len(df)))
    for column, bands in plan.items():
        if column not in df.columns:
            raise ValueError("no column " + column)
        values = df[column].tolist()
        if bands:
            start, width, top = bands
            values = [value if pd.isna(value) else min(top, start + (value - start) // width * width) for value in values]
        released[column] = values
    return released
# %% suppress_below
def suppress_below(df, qi, k):
    keys = keys_of(df, qi)
    counts = Counter(keys)
    stays = [counts[key] >= k for key in keys]
    return df.loc[np.array(stays, dtype=bool)].reset_index(drop=True), stays.count(False)
# %% utility_loss
def utility_loss(before, after, by):
    for table in (before, after):
        if by not in table.columns:
            raise ValueError("no column " + by)
    was = Counter(key for key, in keys_of(before, [by]))
    now = Counter(key for key, in keys_of(after, [by]))
    loss = {group: (was[group] - now[group]) / was[group] for group in was}
    groups = sorted(loss, key=loss.get, reverse=True)
    return pd.Series([loss[group] for group in groups], index=pd.Index(groups, dtype=object))
