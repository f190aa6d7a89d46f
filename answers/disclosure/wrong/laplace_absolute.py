# shows: The absolute value of the result is returned.
# loses: [check_laplace_count]
# teaches: Negative results are turned into positive ones, so small counts become too large on average.
# %% laplace_count
def laplace_count(n, epsilon, rng):
    if epsilon <= 0:
        raise ValueError("epsilon is above 0")
    return abs(n + rng.laplace(0, 1 / epsilon))
