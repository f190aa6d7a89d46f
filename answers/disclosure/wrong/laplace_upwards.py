# shows: The noise only goes up.
# loses: [check_laplace_count]
# teaches: The noisy count is never below the true one. Noise goes both ways.
# %% laplace_count
def laplace_count(n, epsilon, rng):
    if epsilon <= 0:
        raise ValueError("epsilon is above 0")
    return n + rng.exponential(1 / epsilon)
