# shows: NumPy for the summary and the days, a recursion for the end, frozen sets for the rest.
# %% breach_summary
def breach_summary(df):
    sizes = np.asarray(df["people"], dtype=float)
    known = np.sort(sizes[~np.isnan(sizes)])[::-1]
    if known.size == 0:
        raise ValueError("no count")
    thefts = [bool(re.search(r"(^|, )Theft($|,)", kind)) for kind in df["kind"]]
    names = ["breaches", "missing", "people", "median", "share_of_ten", "theft"]
    values = [sizes.size, sizes.size - known.size, known.sum(), np.median(known), known[:10].sum() / known.sum(), np.sum(thefts)]
    return dict(zip(names, values))
# %% deadline
def deadline(period, aware_at, zone, days_off):
    if aware_at.tzinfo is None:
        raise ValueError("time zone missing")
    place = ZoneInfo(zone)

    def after(day, left):
        if left == 0:
            return day
        day = day + timedelta(days=1)
        counts = "calendar_days" in period or np.is_busday(np.datetime64(day), holidays=days_off)
        return after(day, left - 1 if counts else left)

    match period:
        case {"hours": hours}:
            return (aware_at.astimezone(UTC) + timedelta(hours=hours)).astimezone(place)
        case {"calendar_days": days} | {"business_days": days}:
            last = after(aware_at.astimezone(place).date(), days)
            return datetime.combine(last, time(23, 59, 59), tzinfo=place)
    return None
# %% who_is_told
def who_is_told(duties, level, people):
    if level is None:
        level = LEVELS[-1]
    height = LEVELS.index(level)
    return sorted(
        {
            duty["whom"]
            for duty in duties
            if (duty["needs"] is None or LEVELS.index(duty["needs"]) <= height)
            and (duty["more_than"] is None or people is None or people >= duty["more_than"] + 1)
        }
    )
