# shows: The same month of all years is taken.
# loses: [check_control_days]
# teaches: Is another year like the year of the death?
# %% control_days
def control_days(dates, day):
    case = pd.Timestamp(day)
    if case not in set(dates):
        raise ValueError(f"{day} is not a day of the study")
    same = (dates.dt.month == case.month) & (dates.dt.day_of_week == case.day_of_week)
    return sorted(dates[same & (dates != case)].dt.strftime("%Y-%m-%d"))
