# shows: The quasi-identifiers of a row are joined to one text with a sign between them; missing values get a sign of their own.
# %% equivalence_classes
def joined(df, qi):
    texts = pd.Series("", index=range(len(df)))
    for column in qi:
        texts = texts + "|" + df[column].astype(object).where(df[column].notna(), "<missing>").astype(str).to_numpy()
    return texts


def equivalence_classes(df, qi):
    if qi == [] or not set(qi).issubset(df.columns):
        raise ValueError("unknown or no quasi-identifiers")
    texts = joined(df, qi)
    counts = texts.value_counts()
    first = df[qi].reset_index(drop=True)[~texts.duplicated()]
    return first.assign(rows=texts[first.index].map(counts)).sort_values("rows")
# %% l_diversity
def l_diversity(df, qi, sensitive):
    if df.empty:
        raise ValueError("empty list")
    table = pd.DataFrame({"class": joined(df, qi), "value": joined(df, [sensitive])})
    return int(table.groupby("class")["value"].nunique().min())
# %% suppress_below
def suppress_below(df, qi, k):
    texts = joined(df, qi)
    small = texts.map(texts.value_counts()) < k
    kept = df.reset_index(drop=True)[~small].reset_index(drop=True)
    return [kept, small.sum()]
# %% utility_loss
def utility_loss(before, after, by):
    if (by in before.columns) + (by in after.columns) < 2:
        raise ValueError(f"{by} is not in both lists")
    groups = before[by].drop_duplicates().tolist()
    def people(table, group):
        return table[by].isna().sum() if pd.isna(group) else (table[by] == group).sum()
    shares = [1 - people(after, group) / people(before, group) for group in groups]
    return pd.Series(shares, index=groups).sort_values(ascending=False)
