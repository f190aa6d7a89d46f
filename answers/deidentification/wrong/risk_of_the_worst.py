# shows: The risk of the person who is hidden worst, 1/k, is given as the average.
# loses: [check_average_risk]
# teaches: This is the highest risk that anybody has. The average is over everybody.
# %% average_risk
def average_risk(df, qi):
    if df.empty:
        raise ValueError("no rows")
    return 1 / k_anonymity(df, qi)
