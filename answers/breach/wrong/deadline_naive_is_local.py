# shows: A moment without a time zone is taken for a moment at the place.
# loses: [check_deadline]
# teaches: 18:00 where? What do you do with a moment that does not say?
# %% deadline
def deadline(period, aware_at, zone, days_off):
    if aware_at.tzinfo is None:
        aware_at = aware_at.replace(tzinfo=ZoneInfo(zone))
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
