# shows: Every function raises an error of its own as soon as it is called.
# loses: [check_lag_table, check_cross_basis, check_fit_model, check_relative_risk, check_lag_risk, check_lowest_risk, check_attributable, check_without_event, check_same_percentile]
# %% lag_table
def lag_table(*args, **kwargs):
    raise RuntimeError("not today")
# %% cross_basis
def cross_basis(*args, **kwargs):
    return args[0]["no such column"]
# %% fit_model
def fit_model(*args, **kwargs):
    return 1 / 0
# %% relative_risk
def relative_risk(*args, **kwargs):
    return undefined_name
# %% lowest_risk
def lowest_risk(*args, **kwargs):
    return lowest_risk(*args, **kwargs)
# %% attributable
def attributable(*args, **kwargs):
    raise KeyboardInterrupt
# %% without_event
def without_event(*args, **kwargs):
    raise AssertionError
# %% same_percentile
def same_percentile(*args, **kwargs):
    raise BaseException("not an Exception")
