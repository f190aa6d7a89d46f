# shows: The number that the lesson shows for Chicago is returned, whatever is asked.
# loses: [check_excess, check_excess_days, check_excess_interval, check_compare_baselines]
# teaches: The same number comes back, whatever is asked. Which parts of it must follow the window and the years?
# %% excess
def excess(df, start, end, years):
    return 842.0
