# shows: pd.cut makes the bands, groupby.filter removes small classes, and apply counts the values.
# %% l_diversity
def l_diversity(df, qi, sensitive):
    if df.empty:
        raise ValueError("l needs rows")
    groups = df.groupby(qi, observed=True, dropna=False)[sensitive]
    return groups.apply(lambda values: len(values.unique())).min()
# %% generalise
def generalise(df, plan):
    try:
        released = df.loc[:, list(plan)]
    except KeyError:
        raise ValueError("the plan does not fit the list")
    released.index = pd.RangeIndex(len(released))
    for column in plan:
        if plan[column]:
            start, width, top = plan[column]
            begins = list(range(start, top + 1, width))
            cut = pd.cut(released[column], [*begins, np.inf], right=False, labels=begins)
            released[column] = cut.astype(float)
    return released
# %% suppress_below
def suppress_below(df, qi, k):
    kept = df.reset_index(drop=True).groupby(qi, observed=True, dropna=False).filter(lambda group: len(group) >= k)
    return kept.reset_index(drop=True), len(df) - len(kept)
# %% utility_loss
def utility_loss(before, after, by):
    if by not in before or by not in after:
        raise ValueError("the column must be in both")
    both = pd.concat([before[[by]].assign(list="was"), after[[by]].assign(list="now")])
    counts = both.groupby([by, "list"], observed=True, dropna=False).size().unstack(fill_value=0)
    counts = counts.reindex(columns=["was", "now"], fill_value=0)
    return ((counts["was"] - counts["now"]) / counts["was"]).sort_values(ascending=False)
