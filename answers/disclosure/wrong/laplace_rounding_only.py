# shows: The count is rounded to a multiple of 5, and this is called differential privacy.
# loses: [check_laplace_count]
# teaches: 'The result has no chance in it. Rounding is not differential privacy: at an edge one person still shows.'
# %% laplace_count
def laplace_count(n, epsilon, rng):
    if epsilon <= 0:
        raise ValueError("epsilon is above 0")
    return float(5 * round(n / 5))
