# shows: All days of the month are taken, whatever the day of the week.
# loses: [check_control_days]
# teaches: What differs between a Sunday and a Monday, in the air and in hospitals?
# %% control_days
def control_days(dates, day):
    case = pd.Timestamp(day)
    if case not in set(dates):
        raise ValueError(f"{day} is not a day of the study")
    same = (dates.dt.year == case.year) & (dates.dt.month == case.month)
    return sorted(dates[same & (dates != case)].dt.strftime("%Y-%m-%d"))
