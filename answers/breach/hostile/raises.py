# shows: Every function raises an error of its own as soon as it is called.
# loses: [check_breach_summary, check_deadline, check_deadline_days, check_clocks, check_who_is_told, check_maximum_penalty, check_agreement_gaps]
# %% breach_summary
def breach_summary(df):
    return df["no such column"]
# %% deadline
def deadline(period, aware_at, zone, days_off):
    return 1 / 0
# %% clocks
def clocks(duties, starts, zone, days_off):
    return undefined_name
# %% who_is_told
def who_is_told(duties, level, people):
    raise KeyboardInterrupt
# %% maximum_penalty
def maximum_penalty(penalty, turnover):
    raise AssertionError
# %% agreement_gaps
def agreement_gaps(agreement, authority_hours):
    raise BaseException("not an Exception")
