# shows: The rules as a class of pandera, with the checks as methods; the rest with apply and regular expressions.
# %% kind_of_file
def kind_of_file(content):
    pattern = {"zip": rb"PK\x03\x04", "gzip": rb"\x1f\x8b", "pdf": rb"%PDF"}
    for kind, bytes_ in pattern.items():
        if re.match(bytes_, content):
            return kind
    try:
        text = content.decode()
    except UnicodeDecodeError:
        text = ""
    return "text" if text else "unknown"
# %% read_counts
def read_counts(cells, thousands=","):
    def one(cell):
        if pd.isna(cell) or cell.strip().upper() in NOT_REPORTED:
            return np.nan
        cell = cell.strip()
        if re.fullmatch("[0-9]{1,3}(" + re.escape(thousands) + "[0-9]{3})*", cell) or re.fullmatch("[0-9]+", cell):
            return float(cell.replace(thousands, ""))
        raise ValueError("no count: " + cell)

    return pd.Series([one(cell) for cell in cells.tolist()], index=cells.index, dtype=float)
# %% rules
class Counts(pa.DataFrameModel):
    cases: float = pa.Field(nullable=True, coerce=True)
    deaths: float = pa.Field(nullable=True, coerce=True)

    @pa.check("cases", error="cases_not_negative")
    def cases_not_negative(cls, cases):
        return ~(cases < 0)

    @pa.check("cases", error="cases_whole")
    def cases_whole(cls, cases):
        return cases.isna() | (cases == cases.round())

    @pa.check("deaths", error="deaths_not_negative")
    def deaths_not_negative(cls, deaths):
        return ~(deaths < 0)

    @pa.dataframe_check(error="deaths_le_cases")
    def deaths_le_cases(cls, df):
        return ~((df["cases"] - df["deaths"]) < 0)

    @pa.dataframe_check(error="one_report")
    def one_report(cls, df):
        key = df["region"].astype(str) + "|" + df["date"].astype(str)
        return key.map(key.value_counts()) == 1


def rules():
    return Counts.to_schema()
# %% violations
def violations(failed, names, n_rows):
    cross = failed.drop_duplicates(["rule", "row"])
    rows = []
    for name in names:
        rows.append((cross["rule"] == name).sum())
    rows.append(cross.loc[cross["rule"].isin(set(names)), "row"].drop_duplicates().shape[0])
    table = pd.DataFrame({"rule": list(names) + ["any rule"], "rows": rows})
    table["percent"] = [100.0 * count / n_rows for count in rows]
    return table
# %% set_aside
def set_aside(df, failed):
    def why(row):
        return "; ".join(np.unique(failed.loc[failed["row"] == row, "rule"].astype(str)))

    reasons = pd.Series([why(row) for row in df.index], index=df.index, dtype="str")
    return df[reasons == ""], df.assign(reasons=reasons)[reasons != ""]
# %% last_digit_test
def last_digit_test(counts):
    known = counts.dropna()
    texts = known[known >= 10].map(lambda count: f"{count:.0f}")
    last = texts.str[-1:] if len(texts) else pd.Series([], dtype=str)
    digits = pd.Series({digit: int((last == str(digit)).sum()) for digit in range(10)})
    n = int(digits.sum())
    p = 1 - binom.cdf(digits[0] + digits[5] - 1, n, 0.2) if n else float("nan")
    return digits, float(p)
# %% compare_sources
def compare_sources(ours, theirs, tolerance):
    names = ours.index.union(theirs.index).sort_values()
    table = pd.DataFrame({"ours": ours.reindex(names), "theirs": theirs.reindex(names)}, index=names, dtype=float)
    table["ratio"] = table["ours"].div(table["theirs"]).where(table["theirs"].ne(0))

    def finding(row):
        match (pd.notna(row["ours"]), pd.notna(row["theirs"])):
            case (False, False):
                return "no number"
            case (True, False):
                return "only ours"
            case (False, True):
                return "only theirs"
        if row["ours"] == row["theirs"]:
            return "agree"
        return "agree" if abs(row["ratio"] - 1) <= tolerance else "differ"

    table["finding"] = [finding(row) for _, row in table.iterrows()]
    return table
