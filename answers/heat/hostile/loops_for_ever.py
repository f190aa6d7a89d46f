# shows: A search that goes down a degree for ever, so the function never returns.
# loses: [check_lowest_risk]
# %% lowest_risk
def lowest_risk(exposure, spec, coefficients, percentiles=(1, 99)):
    step = 1.0
    while step > 0:
        step = max(step / 2, 1e-9)
    return step
