# shows: "Plain loops and dictionaries, and the module statistics in place of pandas."
# %% rolling_split
def rolling_split(dates, first_year, delay):
    if delay < 0:
        raise ValueError("delay")
    years = {}
    for label, day in dates.items():
        years.setdefault(day.year, []).append(label)
    pairs = []
    for year in sorted(year for year in years if year >= first_year):
        end = 12 * year - delay
        train = [label for label, day in dates.items() if 12 * day.year + day.month - 1 < end]
        if len(train) == 0:
            raise ValueError("nothing to learn from")
        pairs.append((train, years[year]))
    return pairs
# %% threshold
from statistics import mean, stdev


def threshold(train, k=2):
    held = {}
    for code, day, rate in zip(train["micro_code"], train["date"], train["rate"]):
        group = held.setdefault((int(code), day.month), [])
        if rate == rate:
            group.append(float(rate))
    keys = sorted(held)
    values = [mean(held[key]) + k * stdev(held[key]) if len(held[key]) > 1 else float("nan") for key in keys]
    return pd.Series(values, index=pd.MultiIndex.from_tuples(keys), dtype=float)
# %% outbreak
def outbreak(df, limits):
    known = limits.to_dict()
    values = []
    for code, day, rate in zip(df["micro_code"], df["date"], df["rate"]):
        limit = known.get((code, day.month), float("nan"))
        if rate != rate or limit != limit:
            values.append(float("nan"))
        else:
            values.append(1.0 if rate > limit else 0.0)
    return pd.Series(values, index=df.index, dtype=float)
# %% make_lags
def make_lags(df, by, columns, k):
    if k <= 0:
        raise ValueError("k")
    rows = {}
    for position, (place, day) in enumerate(zip(df[by], df["date"])):
        key = (place, 12 * day.year + day.month)
        if key in rows:
            raise ValueError("twice the same month")
        rows[key] = position
    result = df.copy()
    for column in columns:
        values = df[column].tolist()
        earlier = []
        for place, day in zip(df[by], df["date"]):
            position = rows.get((place, 12 * day.year + day.month - k))
            earlier.append(float("nan") if position is None else values[position])
        result[f"{column}_lag{k}"] = earlier
    return result
# %% score
def score(happened, rang):
    counts = {(a, b): 0 for a in (0, 1) for b in (0, 1)}
    for a, b in zip(happened, rang):
        if a == a and b == b:
            counts[(int(a), int(b))] += 1
    hits, missed = counts[(1, 1)], counts[(1, 0)]
    false_alarms, quiet = counts[(0, 1)], counts[(0, 0)]
    result = dict(hits=hits, missed=missed, false_alarms=false_alarms, quiet=quiet, sensitivity=None, ppv=None)
    if hits + missed > 0:
        result["sensitivity"] = hits / (hits + missed)
    if hits + false_alarms > 0:
        result["ppv"] = hits / (hits + false_alarms)
    return result
# %% assign_teams
def assign_teams(df, teams, visit):
    gains, ask = [], []
    for code, p, averted in zip(df["micro_code"], df["probability"], df["averted"]):
        gain = p * averted - visit
        if gain != gain:
            ask.append(int(code))
        elif gain > 0:
            gains.append((-gain, int(code)))
    return [code for _, code in sorted(gains)[:teams]], sorted(ask)
