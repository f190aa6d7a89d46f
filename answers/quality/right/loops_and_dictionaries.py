# shows: Loops, sets and dictionaries of plain Python, and little of pandas.
# %% kind_of_file
def kind_of_file(content):
    for name in FIRST_BYTES:
        length = len(FIRST_BYTES[name])
        if content[:length] == FIRST_BYTES[name]:
            return name
    if len(content) == 0:
        return "unknown"
    try:
        str(content, "utf-8")
    except UnicodeError:
        return "unknown"
    return "text"
# %% read_counts
def read_counts(cells, thousands=","):
    numbers = []
    for cell in cells:
        if not isinstance(cell, str) or cell.strip().upper() in NOT_REPORTED:
            numbers.append(float("nan"))
            continue
        groups = cell.strip().split(thousands)
        good = all(group != "" and set(group) <= set("0123456789") for group in groups)
        if len(groups) > 1:
            good = good and len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
        if not good:
            raise ValueError(cell)
        numbers.append(float("".join(groups)))
    return pd.Series(numbers, index=cells.index, dtype="float64")
# %% rules
def alone(table):
    keys = list(zip(table["region"], table["date"], strict=True))
    return pd.Series([keys.count(key) == 1 for key in keys], index=table.index)


def possible(table):
    pairs = zip(table["cases"], table["deaths"], strict=True)
    return pd.Series([not deaths > cases for cases, deaths in pairs], index=table.index)


def rules():
    whole = pa.Check(lambda number: float(number).is_integer(), element_wise=True, error="cases_whole")
    cases = pa.Column(checks=[pa.Check.ge(0, error="cases_not_negative"), whole], nullable=True)
    deaths = pa.Column(checks=[pa.Check.ge(0, error="deaths_not_negative")], nullable=True)
    table = [pa.Check(possible, error="deaths_le_cases"), pa.Check(alone, error="one_report")]
    return pa.DataFrameSchema({"cases": cases, "deaths": deaths}, checks=table)
# %% violations
def violations(failed, names, n_rows):
    broken = {name: set() for name in names}
    for rule, row in zip(failed["rule"], failed["row"], strict=True):
        if rule in broken:
            broken[rule].add(row)
    broken["any rule"] = set().union(*broken.values())
    lines = [{"rule": name, "rows": len(rows), "percent": len(rows) / n_rows * 100} for name, rows in broken.items()]
    return pd.DataFrame(lines)
# %% set_aside
def set_aside(df, failed):
    reasons = {}
    for row, rule in zip(failed["row"], failed["rule"], strict=True):
        reasons.setdefault(row, set()).add(rule)
    good = [row for row in df.index if row not in reasons]
    bad = [row for row in df.index if row in reasons]
    aside = df.loc[bad].copy()
    aside["reasons"] = ["; ".join(sorted(reasons[row])) for row in bad]
    return df.loc[good].copy(), aside
# %% last_digit_test
import math


def last_digit_test(counts):
    found = [0] * 10
    for count in counts:
        if count >= 10:
            found[int(count) % 10] += 1
    n, k = sum(found), found[0] + found[5]
    if n == 0:
        return pd.Series(found), math.nan
    logs = []
    for i in range(k, n + 1):
        choose = math.lgamma(n + 1) - math.lgamma(i + 1) - math.lgamma(n - i + 1)
        logs.append(choose + i * math.log(0.2) + (n - i) * math.log(0.8))
    return pd.Series(found), sum(math.exp(each) for each in logs)
# %% weekly
import datetime


def weekly(df, begins="Monday"):
    counted = {}
    for day, country, cases in zip(df["date"], df["country"], df["cases"], strict=True):
        if not math.isnan(cases):
            counted[country, day.to_pydatetime().date()] = cases
    first = min(df["date"]).date()
    while DAYS[first.weekday()] != begins:
        first -= datetime.timedelta(days=1)
    rows = []
    for country in sorted(set(df["country"])):
        week = first
        while week <= max(df["date"]).date():
            days = [week + datetime.timedelta(days=each) for each in range(7)]
            known = [counted[country, day] for day in days if (country, day) in counted]
            total = sum(known) if len(known) == 7 else math.nan
            rows.append((country, pd.Timestamp(week), len(known), total))
            week += datetime.timedelta(days=7)
    return pd.DataFrame(rows, columns=["country", "week", "days", "cases"])
# %% compare_sources
def compare_sources(ours, theirs, tolerance):
    rows = {}
    for name in sorted(set(ours.index) | set(theirs.index)):
        a, b = float(ours.get(name, np.nan)), float(theirs.get(name, np.nan))
        ratio = np.nan if np.isnan(a) or np.isnan(b) or b == 0 else a / b
        if np.isnan(a) and np.isnan(b):
            finding = "no number"
        elif np.isnan(a):
            finding = "only theirs"
        elif np.isnan(b):
            finding = "only ours"
        elif a == b == 0 or abs(ratio - 1) <= tolerance:
            finding = "agree"
        else:
            finding = "differ"
        rows[name] = [a, b, ratio, finding]
    return pd.DataFrame.from_dict(rows, orient="index", columns=["ours", "theirs", "ratio", "finding"])
