# shows: NumPy arrays, merges and pivot tables.
# %% kind_of_file
def kind_of_file(content):
    kinds = [kind for kind, first in FIRST_BYTES.items() if content[: len(first)] == first]
    if kinds:
        return kinds[0]
    readable = content.decode("utf-8", errors="ignore").encode("utf-8") == content
    return "text" if readable and len(content) > 0 else "unknown"
# %% read_counts
def read_counts(cells, thousands=","):
    texts = cells.astype(object).where(cells.notna(), "").str.strip()
    missing = texts.str.casefold().isin([word.casefold() for word in NOT_REPORTED]).to_numpy()
    mark = re.escape(thousands)
    plain = re.compile(r"^[0-9]+$")
    grouped = re.compile(f"^[0-9]{{1,3}}({mark}[0-9]{{3}})+$")
    result = np.full(len(cells), np.nan)
    for place in np.flatnonzero(~missing):
        text = texts.iloc[place]
        if not plain.match(text) and not grouped.match(text):
            raise ValueError(f"{text!r} is not a count")
        result[place] = int(text.replace(thousands, ""))
    return pd.Series(result, index=cells.index, name=cells.name)
# %% rules
def rules():
    def whole(cases):
        return np.floor(cases) == cases

    def once(table):
        return table.groupby(["region", "date"])["region"].transform("size") == 1

    def not_more(table):
        return table["deaths"].isna() | table["cases"].isna() | (table["deaths"] <= table["cases"])

    return pa.DataFrameSchema(
        columns={
            "region": pa.Column(),
            "date": pa.Column(),
            "cases": pa.Column(
                float,
                coerce=True,
                nullable=True,
                checks=[pa.Check.greater_than_or_equal_to(0, error="cases_not_negative"), pa.Check(whole, error="cases_whole")],
            ),
            "deaths": pa.Column(
                float, coerce=True, nullable=True, checks=[pa.Check.in_range(0, np.inf, error="deaths_not_negative")]
            ),
        },
        checks=[pa.Check(not_more, error="deaths_le_cases"), pa.Check(once, error="one_report")],
    )
# %% violations
def violations(failed, names, n_rows):
    once = failed[["rule", "row"]].drop_duplicates()
    once = once[once["rule"].isin(names)]
    counts = once["rule"].value_counts().reindex(names, fill_value=0)
    counts["any rule"] = len(once["row"].unique())
    table = counts.rename_axis("rule").rename("rows").reset_index()
    table["percent"] = table["rows"].div(n_rows).mul(100)
    return table
# %% set_aside
def set_aside(df, failed):
    pairs = failed[["row", "rule"]].drop_duplicates().sort_values("rule")
    joined = pairs.groupby("row", sort=False)["rule"].apply("; ".join)
    bad = np.array([row in joined.index for row in df.index], dtype=bool)
    aside = df.loc[bad].copy()
    aside.insert(len(df.columns), "reasons", [joined.loc[row] for row in aside.index])
    return df.loc[~bad].copy(), aside
# %% last_digit_test
from scipy.stats import binomtest


def last_digit_test(counts):
    numbers = counts.to_numpy(dtype=float)
    numbers = numbers[np.isfinite(numbers) & (numbers > 9)].astype(int)
    digits = pd.Series(np.bincount(numbers % 10, minlength=10))
    if len(numbers) == 0:
        return digits, np.nan
    return digits, binomtest(int(digits[[0, 5]].sum()), n=len(numbers), p=1 / 5, alternative="greater").pvalue
# %% weekly
def weekly(df, begins="Monday"):
    anchor = DAYS[(DAYS.index(begins) - 1) % 7][:3].upper()
    wide = df.pivot_table(index="date", columns="country", values="cases", dropna=False, aggfunc=lambda x: x.sum(min_count=1))
    wide = wide.reindex(columns=sorted(df["country"].unique()))
    wide.index = pd.DatetimeIndex(wide.index)
    weeks = wide.resample(f"W-{anchor}", label="left", closed="right")
    days = weeks.count()
    total = weeks.sum().where(days == 7)
    for table in (days, total):
        table.index = table.index + pd.Timedelta(days=1)
        table.index.name = "week"
        table.columns.name = "country"
    long = pd.concat([days.unstack().rename("days"), total.unstack().rename("cases")], axis=1).reset_index()
    return long.sort_values(["country", "week"], ignore_index=True)
# %% compare_sources
def compare_sources(ours, theirs, tolerance):
    left = ours.rename("ours").rename_axis("name").reset_index()
    right = theirs.rename("theirs").rename_axis("name").reset_index()
    both = left.merge(right, on="name", how="outer").sort_values("name").set_index("name")
    both["ratio"] = (both["ours"] / both["theirs"]).replace([np.inf, -np.inf], np.nan)
    no_ours, no_theirs = both["ours"].isna(), both["theirs"].isna()
    near = (both["ratio"] >= 1 - tolerance) & (both["ratio"] <= 1 + tolerance)
    near |= (both["ours"] == 0) & (both["theirs"] == 0)
    words = np.select(
        [no_ours & no_theirs, no_ours, no_theirs, near], ["no number", "only theirs", "only ours", "agree"], "differ"
    )
    both["finding"] = words
    return both
