# shows: A deadline in hours is moved to the end of its day.
# loses: [check_deadline]
# teaches: A period in hours ends at an hour. What did you do with the minutes?
# %% deadline
def deadline(period, aware_at, zone, days_off):
    if aware_at.tzinfo is None:
        raise ValueError("no time zone")
    if "without_number" in period:
        return None
    place = ZoneInfo(zone)
    if "hours" in period:
        end = (aware_at.astimezone(UTC) + timedelta(hours=period["hours"])).astimezone(place)
        return end.replace(hour=23, minute=59, second=59)
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
