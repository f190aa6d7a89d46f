# shows: Every function raises an error of its own as soon as it is called.
# loses: [check_dag, check_closes, check_gaps, check_lag_mean, check_control_days, check_rate_ratio, check_rate_ratio_interval, check_case_crossover, check_case_crossover_interval]
# %% dag
def dag():
    raise RuntimeError("not today")
# %% closes
def closes(edges, exposure, outcome, adjusted):
    raise AssertionError
# %% gaps
def gaps(df, column):
    raise KeyboardInterrupt
# %% lag_mean
def lag_mean(df, column, lags):
    return df["no such column"]
# %% control_days
def control_days(dates, day):
    return control_days(dates, day)
# %% rate_ratio
def rate_ratio(df, controls):
    return 1 / 0
# %% case_crossover
def case_crossover(df, controls):
    raise BaseException("not an Exception")
