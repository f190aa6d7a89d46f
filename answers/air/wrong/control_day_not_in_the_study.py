# shows: A day that is not in the study gets controls all the same.
# loses: [check_control_days]
# teaches: What if there is no row for the day of the death?
# %% control_days
def control_days(dates, day):
    case = pd.Timestamp(day)
    same = (dates.dt.year == case.year) & (dates.dt.month == case.month) & (dates.dt.day_of_week == case.day_of_week)
    return sorted(dates[same & (dates != case)].dt.strftime("%Y-%m-%d"))
