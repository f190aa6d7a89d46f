# shows: Plain loops and lists, without pandas where it is not asked for.
# %% breach_summary
def breach_summary(df):
    numbers = []
    missing = 0
    theft = 0
    for people, kind in zip(df["people"], df["kind"]):
        if pd.isna(people):
            missing += 1
        else:
            numbers.append(float(people))
        if "Theft" in kind.split(", "):
            theft += 1
    if not numbers:
        raise ValueError("no number at all")
    numbers.sort(reverse=True)
    half = len(numbers) // 2
    median = numbers[half] if len(numbers) % 2 else (numbers[half - 1] + numbers[half]) / 2
    return {
        "theft": theft,
        "missing": missing,
        "breaches": len(numbers) + missing,
        "people": sum(numbers),
        "median": median,
        "share_of_ten": sum(numbers[:10]) / sum(numbers),
    }
# %% deadline
def deadline(period, aware_at, zone, days_off):
    if aware_at.utcoffset() is None:
        raise ValueError("a moment needs a time zone")
    local = aware_at.astimezone(ZoneInfo(zone))
    unit = list(period)[0]
    number = period[unit]
    if unit == "without_number":
        return None
    if unit == "hours":
        seconds = aware_at.timestamp() + 3600 * number
        return datetime.fromtimestamp(seconds, ZoneInfo(zone))
    closed = set(days_off)
    today = date(local.year, local.month, local.day)
    days = (today + timedelta(days=n) for n in range(1, 1000))
    if unit == "business_days":
        days = (day for day in days if day.isoweekday() not in (6, 7) and day not in closed)
    last = [day for _, day in zip(range(number), days)][-1]
    return datetime(last.year, last.month, last.day, 23, 59, 59, tzinfo=ZoneInfo(zone))
# %% clocks
def clocks(duties, starts, zone, days_off):
    local = starts["aware"].astimezone(ZoneInfo(zone))
    today = date(local.year, local.month, local.day)
    with_end, without_end = [], []
    for duty in duties:
        if duty["from"] is not None and duty["from"] > today:
            continue
        if duty["to"] is not None and duty["to"] < today:
            continue
        end = None
        if duty["starts"] in starts:
            end = deadline(duty["period"], starts[duty["starts"]], zone, days_off)
        if end is None:
            without_end.append((duty["id"], duty["whom"], None))
        else:
            with_end.append((end.timestamp(), duty["id"], duty["whom"], end))
    rows = [row[1:] for row in sorted(with_end, key=lambda row: row[:2])] + sorted(without_end)
    return pd.DataFrame({
        "id": [row[0] for row in rows],
        "whom": [row[1] for row in rows],
        "deadline": pd.Series([row[2] for row in rows], dtype=object),
    })
# %% who_is_told
def who_is_told(duties, level, people):
    if level not in [None, *LEVELS]:
        raise ValueError("choose one of LEVELS")
    told = []
    for duty in duties:
        if duty["needs"] == "risk" and level == "no risk":
            continue
        if duty["needs"] == "high risk" and level in ("no risk", "risk"):
            continue
        if duty["more_than"] is not None and people is not None and people <= duty["more_than"]:
            continue
        if duty["whom"] not in told:
            told.append(duty["whom"])
    told.sort()
    return told
# %% maximum_penalty
def maximum_penalty(penalty, turnover):
    if penalty["rule"] not in {"fixed", "lower_of", "greater_of"} or (turnover or 0) < 0:
        raise ValueError("cannot be worked out")
    if penalty["rule"] == "fixed" and "amount" in penalty:
        return penalty["amount"]
    if turnover is None:
        return
    share = turnover * penalty["share_of_turnover"]
    if penalty["rule"] == "fixed":
        return share
    both = sorted([share, penalty["amount"]])
    return both[0] if penalty["rule"] == "lower_of" else both[1]
# %% agreement_gaps
def agreement_gaps(agreement, authority_hours):
    gaps = list(PARTS)
    for part in PARTS:
        value = agreement.get(part)
        if part in ("purpose", "decides", "community_say", "data_items"):
            good = bool(value.strip() if isinstance(value, str) else value)
        elif part == "legal_basis":
            good = bool(set("0123456789") & set(value or ""))
        elif part == "deleted_on":
            good = type(value) is date
        else:
            limit = 10**9 if authority_hours is None else authority_hours
            good = value is not None and 0 < value < limit
        if good:
            gaps.remove(part)
    return gaps
