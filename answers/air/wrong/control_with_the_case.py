# shows: The day of the death is among its own controls.
# loses: [check_control_days]
# teaches: With which days is the day of the death compared?
# %% control_days
def control_days(dates, day):
    case = pd.Timestamp(day)
    if case not in set(dates):
        raise ValueError(f"{day} is not a day of the study")
    same = (dates.dt.year == case.year) & (dates.dt.month == case.month) & (dates.dt.day_of_week == case.day_of_week)
    return sorted(dates[same].dt.strftime("%Y-%m-%d"))
