# shows: Hours stand still at the weekend.
# loses: [check_deadline]
# teaches: Does a clock of hours stop on Saturday? Look at what the law counts.
# %% deadline
def deadline(period, aware_at, zone, days_off):
    if aware_at.tzinfo is None:
        raise ValueError("no time zone")
    if "without_number" in period:
        return None
    place = ZoneInfo(zone)
    if "hours" in period:
        end = aware_at.astimezone(place)
        for _ in range(period["hours"]):
            end += timedelta(hours=1)
            while end.weekday() > 4:
                end += timedelta(days=1)
        return end
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
