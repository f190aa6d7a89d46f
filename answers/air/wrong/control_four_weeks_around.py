# shows: Four weeks before and after are taken, over the border of the month.
# loses: [check_control_days]
# teaches: Which days share a month with the death?
# %% control_days
def control_days(dates, day):
    case = pd.Timestamp(day)
    if case not in set(dates):
        raise ValueError(f"{day} is not a day of the study")
    same = (abs((dates - case).dt.days) <= 28) & (dates.dt.day_of_week == case.day_of_week)
    return sorted(dates[same & (dates != case)].dt.strftime("%Y-%m-%d"))
