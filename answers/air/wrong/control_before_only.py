# shows: Only days before the death are taken, so a trend comes in.
# loses: [check_control_days]
# teaches: If the air gets cleaner from week to week, what do controls on one side only show?
# %% control_days
def control_days(dates, day):
    case = pd.Timestamp(day)
    if case not in set(dates):
        raise ValueError(f"{day} is not a day of the study")
    same = (dates.dt.year == case.year) & (dates.dt.month == case.month) & (dates.dt.day_of_week == case.day_of_week)
    return sorted(dates[same & (dates < case)].dt.strftime("%Y-%m-%d"))
