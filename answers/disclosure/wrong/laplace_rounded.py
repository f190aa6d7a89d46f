# shows: The noisy count is rounded to a whole number.
# loses: [check_laplace_count]
# teaches: The result is rounded. The docstring says how the number comes back.
# %% laplace_count
def laplace_count(n, epsilon, rng):
    if epsilon <= 0:
        raise ValueError("epsilon is above 0")
    return float(round(n + rng.laplace(0, 1 / epsilon)))
