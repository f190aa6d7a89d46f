# shows: pandas' own calendars count the business days, and timestamps are returned.
# %% breach_summary
def breach_summary(df):
    sizes = df["people"]
    counted = sizes.count()
    if counted == 0:
        raise ValueError("nothing was counted")
    ten = sizes.sort_values(ascending=False)[:10].sum()
    kinds = df["kind"].reset_index(drop=True).str.get_dummies(", ")
    theft = int(kinds["Theft"].sum()) if "Theft" in kinds else 0
    return dict(breaches=df.shape[0], missing=df.shape[0] - counted, people=sizes.sum(), median=sizes.median(), share_of_ten=ten / sizes.sum(), theft=theft)
# %% deadline
def deadline(period, aware_at, zone, days_off):
    begun = pd.Timestamp(aware_at)
    if begun.tz is None:
        raise ValueError("say the time zone")
    begun = begun.tz_convert(zone)
    if period.get("hours"):
        return begun + pd.Timedelta(hours=period["hours"])
    day = begun.tz_localize(None).normalize()
    if period.get("calendar_days"):
        day = day + pd.Timedelta(days=period["calendar_days"])
    elif period.get("business_days"):
        day = day + pd.offsets.CustomBusinessDay(period["business_days"], holidays=days_off)
    else:
        return None
    return (day + pd.Timedelta("23:59:59")).tz_localize(zone)
# %% clocks
def clocks(duties, starts, zone, days_off):
    table = pd.DataFrame(duties, columns=["id", "whom", "period", "starts", "from", "to"])
    today = pd.Timestamp(starts["aware"]).tz_convert(zone).tz_localize(None).normalize()
    first = pd.to_datetime(table["from"]).fillna(pd.Timestamp("1900-01-01"))
    last = pd.to_datetime(table["to"]).fillna(pd.Timestamp("2200-01-01"))
    table = table[(first <= today) & (today <= last)]
    ends = []
    for row in table.itertuples():
        begun = starts.get(row.starts)
        ends.append(pd.NaT if begun is None else deadline(row.period, begun, zone, days_off))
    table = table.assign(deadline=ends).sort_values("id", kind="stable")
    known = table[table["deadline"].notna()].sort_values("deadline", kind="stable")
    unknown = table[table["deadline"].isna()]
    both = [part for part in (known, unknown) if len(part)]
    table = pd.concat(both) if both else table
    return table[["id", "whom", "deadline"]].reset_index(drop=True)
# %% who_is_told
def who_is_told(duties, level, people):
    order = {None: 0, "no risk": 0, "risk": 1, "high risk": 2}
    if level is not None and level not in order:
        raise ValueError(level)
    height = 2 if level is None else order[level]
    number = float("inf") if people is None else people
    return sorted({d["whom"] for d in duties if order[d["needs"]] <= height and number > (-1 if d["more_than"] is None else d["more_than"])})
# %% maximum_penalty
def maximum_penalty(penalty, turnover):
    if turnover is not None and turnover < 0:
        raise ValueError("below zero")
    amount, share = penalty.get("amount"), penalty.get("share_of_turnover")
    match penalty["rule"]:
        case "fixed" if share is None:
            return amount
        case "fixed":
            return None if turnover is None else share * turnover
        case "lower_of":
            return None if turnover is None else min(amount, share * turnover)
        case "greater_of":
            return None if turnover is None else max(amount, share * turnover)
    raise ValueError(penalty["rule"])
# %% agreement_gaps
def agreement_gaps(agreement, authority_hours):
    rules = {
        "legal_basis": lambda value: bool(re.search("[0-9]", value)),
        "deleted_on": lambda value: isinstance(value, date),
        "breach_hours": lambda value: value > 0 and (authority_hours is None or value < authority_hours),
    }

    def good(part):
        value = agreement.get(part)
        if isinstance(value, str):
            value = value.strip()
        if value is None or value == "" or value == []:
            return False
        return rules.get(part, lambda value: True)(value)

    return [part for part in PARTS if not good(part)]
