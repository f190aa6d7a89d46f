# shows: Only the first two tasks are done.
# loses: [check_outbreaks, check_lagged, check_plot_season]
# %% outbreaks
def outbreaks(df, last_year):
    raise NotImplementedError()
# %% lagged
def lagged(df, column, months):
    pass
# %% plot_season
def plot_season(df):
    raise NotImplementedError()
