# shows: Other libraries and shapes for each task; the same rules.
# %% breach_summary
def breach_summary(df):
    known = df["people"].dropna()
    if known.empty:
        raise ValueError("no breach has a count of people")
    theft = df["kind"].str.contains("Theft")
    return {
        "breaches": len(df),
        "missing": int(df["people"].isna().sum()),
        "people": known.sum(),
        "median": known.median(),
        "share_of_ten": known.nlargest(10).sum() / known.sum(),
        "theft": int(theft.sum()),
    }
# %% deadline
def deadline(period, aware_at, zone, days_off):
    if aware_at.tzinfo is None:
        raise ValueError("no time zone")
    if "without_number" in period:
        return None
    place = ZoneInfo(zone)
    if "hours" in period:
        return (aware_at.astimezone(UTC) + timedelta(hours=period["hours"])).astimezone(place)
    day = aware_at.astimezone(place).date()
    if "calendar_days" in period:
        day += timedelta(days=period["calendar_days"])
    else:
        counted = 0
        while counted < period["business_days"]:
            day += timedelta(days=1)
            if day.weekday() < 5 and day not in days_off:
                counted += 1
    return datetime.combine(day, time(23, 59, 59), place)
# %% clocks
def clocks(duties, starts, zone, days_off):
    today = starts["aware"].astimezone(ZoneInfo(zone)).date()
    rows = []
    for duty in duties:
        if duty["from"] and today < duty["from"] or duty["to"] and today > duty["to"]:
            continue
        begun = starts.get(duty["starts"])
        end = deadline(duty["period"], begun, zone, days_off) if begun else None
        rows.append([duty["id"], duty["whom"], end])
    table = pd.DataFrame(rows, columns=["id", "whom", "deadline"])
    table["deadline"] = pd.to_datetime(table["deadline"], utc=True).dt.tz_convert(zone)
    return table.sort_values(["deadline", "id"]).reset_index(drop=True)
# %% who_is_told
def who_is_told(duties, level, people):
    if level is None:
        level = "high risk"
    if level not in LEVELS:
        raise ValueError("no such level")
    told = set()
    for duty in duties:
        risky = duty["needs"] is None or LEVELS.index(level) >= LEVELS.index(duty["needs"])
        many = duty["more_than"] is None or people is None or people > duty["more_than"]
        if risky and many:
            told.add(duty["whom"])
    return sorted(told)
# %% maximum_penalty
def maximum_penalty(penalty, turnover):
    rule = penalty["rule"]
    if rule not in ("lower_of", "greater_of", "fixed"):
        raise ValueError("no such rule")
    if turnover is not None and turnover < 0:
        raise ValueError("negative turnover")
    if "share_of_turnover" not in penalty:
        return penalty["amount"]
    if turnover is None:
        return None
    share = penalty["share_of_turnover"] * turnover
    if rule == "fixed":
        return share
    return min(penalty["amount"], share) if rule == "lower_of" else max(penalty["amount"], share)
# %% agreement_gaps
def agreement_gaps(agreement, authority_hours):
    gaps = []
    for part in PARTS:
        value = agreement.get(part)
        if value is None or value == [] or isinstance(value, str) and value.strip() == "":
            gaps.append(part)
        elif part == "legal_basis" and not any(sign.isdigit() for sign in value):
            gaps.append(part)
        elif part == "deleted_on" and not isinstance(value, date):
            gaps.append(part)
        elif part == "breach_hours" and (value <= 0 or authority_hours is not None and value >= authority_hours):
            gaps.append(part)
    return gaps
