# shows: Only the week before and the week after are taken.
# loses: [check_control_days]
# teaches: How many days of the month fall on this weekday?
# %% control_days
def control_days(dates, day):
    case = pd.Timestamp(day)
    if case not in set(dates):
        raise ValueError(f"{day} is not a day of the study")
    same = (abs((dates - case).dt.days) <= 7) & (dates.dt.month == case.month) & (dates.dt.day_of_week == case.day_of_week)
    return sorted(dates[same & (dates != case)].dt.strftime("%Y-%m-%d"))
