# shows: A search for control days never comes to its end, as soon as the function is called.
# loses: [check_control_days]
# %% control_days
def control_days(dates, day):
    week = 0
    while week >= 0:
        week += 1
