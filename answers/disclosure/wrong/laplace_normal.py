# shows: The noise is normal, with the standard deviation 1 / epsilon.
# loses: [check_laplace_count]
# teaches: The noise is not from the Laplace distribution, and it is too small on average.
# %% laplace_count
def laplace_count(n, epsilon, rng):
    if epsilon <= 0:
        raise ValueError("epsilon is above 0")
    return n + rng.normal(0, 1 / epsilon)
