# shows: Only people who are alone are given a risk.
# loses: [check_average_risk]
# teaches: Only those who are alone have a risk here. In a class of two, a guess is right every second time.
# %% average_risk
def average_risk(df, qi):
    if df.empty:
        raise ValueError("no rows")
    return uniqueness(df, qi)
