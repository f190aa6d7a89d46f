# shows: Sizes are put beside the rows with transform and assign, and everything is read from there.
# %% equivalence_classes
def equivalence_classes(df, qi):
    if len(qi) < 1 or set(qi) - set(df):
        raise ValueError("quasi-identifiers")
    sized = df[qi].assign(rows=1)
    return sized.groupby(qi, as_index=False, dropna=False, observed=True, sort=False)["rows"].sum()
# %% uniqueness
def uniqueness(df, qi):
    if len(df.index) == 0:
        raise ValueError("a share of nobody")
    rows = df.groupby(qi, dropna=False, observed=True)[qi[0]].transform("size")
    return float((rows == 1).mean())
# %% average_risk
def average_risk(df, qi):
    if len(df.index) == 0:
        raise ValueError("a mean of nobody")
    rows = df.groupby(qi, dropna=False, observed=True)[qi[0]].transform("size")
    return float((1 / rows).mean())
# %% generalise
def generalise(df, plan):
    missing = [column for column in plan if column not in df.columns]
    if missing:
        raise ValueError(str(missing))
    def band(values, bands):
        if bands is None:
            return values
        start, width, top = bands
        low = values - (values - start) % width
        return low.where(~(low > top), top)
    released = pd.concat({column: band(df[column], bands) for column, bands in plan.items()}, axis="columns")
    return released.set_axis(range(len(df)), axis="index")
