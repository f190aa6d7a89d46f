# shows: Every function raises an error of its own as soon as it is called.
# loses: [check_rolling_split, check_threshold, check_outbreak, check_make_lags, check_alarm, check_score, check_cost_curve, check_assign_teams]
# %% rolling_split
def rolling_split(dates, first_year, delay):
    raise RuntimeError("not today")
# %% threshold
def threshold(train, k=2):
    return train["no such column"]
# %% outbreak
def outbreak(df, limits):
    return 1 / 0
# %% make_lags
def make_lags(df, by, columns, k):
    return undefined_name
# %% alarm
def alarm(df, limits, k=1):
    return alarm(df, limits, k)
# %% score
def score(happened, rang):
    raise KeyboardInterrupt
# %% cost_curve
def cost_curve(happened, height, multipliers, miss, false_alarm):
    raise AssertionError
# %% assign_teams
def assign_teams(df, teams, visit):
    raise BaseException("not an Exception")
