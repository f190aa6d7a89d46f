# shows: Plain loops and dictionaries, and the Wilson interval written out.
# %% to_weekly
def to_weekly(df):
    sums = {}
    for day, country, cases, deaths in zip(df["date"], df["country"], df["cases"], df["deaths"]):
        year, number, _ = day.isocalendar()
        kept = sums.setdefault((country, f"{year}-W{number:02}"), {"cases": [], "deaths": []})
        kept["cases"] += [cases] if cases == cases else []
        kept["deaths"] += [deaths] if deaths == deaths else []
    rows = []
    for country, week in sorted(sums):
        row = {"country": country, "week": week}
        for what, numbers in sums[(country, week)].items():
            row[what] = sum(numbers) if len(numbers) == 7 else float("nan")
        rows.append(row)
    return pd.DataFrame(rows)
# %% coverage
def coverage(df):
    everyone, heard, missing = set(), set(), 0
    for country, cases in zip(df["country"], df["cases"]):
        everyone.add(country)
        if pd.isna(cases):
            missing += 1
        else:
            heard.add(country)
    return {"with": sorted(heard), "without": sorted(everyone - heard), "missing": missing / len(df)}
# %% cfr
def cfr(cases, deaths):
    n = d = 0
    for a, b in zip(cases, deaths):
        if not pd.isna(a) and not pd.isna(b):
            n, d = n + a, d + b
    if d > n:
        raise ValueError("swapped?")
    if n == 0:
        return None
    z, p = 1.96, d / n
    middle = p + z**2 / (2 * n)
    half = z * (p * (1 - p) / n + z**2 / (4 * n**2)) ** 0.5
    return float(p), float((middle - half) / (1 + z**2 / n)), float((middle + half) / (1 + z**2 / n))
# %% reconcile
def reconcile(ours, theirs, tolerance):
    a, b = ours.dropna().to_dict(), theirs.dropna().to_dict()
    rows = {}
    for country in sorted(set(ours.index) | set(theirs.index)):
        here = [source[country] for source in (a, b) if country in source]
        row = {"ratio": float("nan"), "status": "no data", "low": float("nan"), "high": float("nan")}
        if here:
            row.update(status="one source", low=float(min(here)), high=float(max(here)))
        if len(here) == 2:
            close = max(here) == min(here) or (min(here) > 0 and max(here) / min(here) <= 1 + tolerance)
            row["status"] = "agree" if close else "differ"
            if here[1]:
                row["ratio"] = here[0] / here[1]
        rows[country] = row
    return pd.DataFrame.from_dict(rows, orient="index")
# %% rate_per_100000
def rate_per_100000(cases, people, year, back):
    sizes = {}
    for country, when, size in zip(people["country"], people["year"], people["population"]):
        if size == size:
            sizes[country, when] = size
    rows = []
    for country, number in cases.items():
        when = year
        while when > year - back and (country, when) not in sizes:
            when -= 1
        size = sizes.get((country, when), float("nan"))
        rows.append({"year": when if size == size else float("nan"), "population": size, "rate": number / size * 1e5})
    return pd.DataFrame(rows, index=cases.index)
# %% map_class
def map_class(rates, countries, cuts):
    texts = []
    for country in countries:
        rate = rates[country] if country in rates.index else None
        if rate is None or rate != rate:
            text = "no data"
        elif rate == 0:
            text = "none reported"
        elif rate < cuts[0]:
            text = "under " + format(cuts[0], "g")
        elif rate >= cuts[-1]:
            text = format(cuts[-1], "g") + " and more"
        else:
            place = max(i for i, cut in enumerate(cuts) if cut <= rate)
            text = format(cuts[place], "g") + " to under " + format(cuts[place + 1], "g")
        texts.append(text)
    return pd.Series(texts, index=countries)
# %% neighbours
import shapely


def neighbours(shapes, name):
    areas = dict(zip(shapes["name"], [shapely.from_wkt(text) for text in shapes["geometry"]]))
    if name not in areas:
        raise ValueError(name)
    return sorted(other for other in areas if other != name and not areas[other].disjoint(areas[name]))
# %% deaths_per_10000
def deaths_per_10000(df, by):
    groups = {}
    for _, row in df.iterrows():
        if pd.isna(row["deaths"]) or pd.isna(row["population"]):
            continue
        group = groups.setdefault(tuple(row[column] for column in by), [0, 0, 0])
        group[0] += 1
        group[1] += row["deaths"]
        group[2] += row["population"]
    rows = [[*key, *groups[key], groups[key][1] / groups[key][2] * 10000] for key in sorted(groups)]
    return pd.DataFrame(rows, columns=[*by, "districts", "deaths", "population", "rate"])
