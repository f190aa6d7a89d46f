# shows: Negative results are set to zero.
# loses: [check_laplace_count]
# teaches: Negative results are cut off, so small counts become too large on average.
# %% laplace_count
def laplace_count(n, epsilon, rng):
    if epsilon <= 0:
        raise ValueError("epsilon is above 0")
    return max(0.0, n + rng.laplace(0, 1 / epsilon))
