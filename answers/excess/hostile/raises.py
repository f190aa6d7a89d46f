# shows: Every function raises an error of its own as soon as it is called.
# loses: [check_harmonic_fit, check_baseline, check_excess, check_excess_days, check_excess_interval, check_compare_baselines, check_plot_excess, check_alt_text, check_undercount]
# %% harmonic_fit
def harmonic_fit(df):
    raise RuntimeError("not today")
# %% baseline
def baseline(df, years):
    return df["no such column"]
# %% excess
def excess(df, start, end, years):
    return 1 / 0
# %% excess_interval
def excess_interval(df, start, end, years):
    return undefined_name
# %% compare_baselines
def compare_baselines(df, start, end, choices):
    return compare_baselines(df, start, end, choices)
# %% plot_excess
def plot_excess(df, start, end, years):
    raise KeyboardInterrupt
# %% alt_text
def alt_text(df, start, end, years):
    raise AssertionError
# %% undercount
def undercount(excess, share_registered):
    raise BaseException("not an Exception")
