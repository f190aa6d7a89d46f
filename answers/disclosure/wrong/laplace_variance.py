# shows: The variance is set to 1 / epsilon squared, as if the scale were the standard deviation.
# loses: [check_laplace_count]
# teaches: The noise is too small by a constant factor. The scale of the Laplace distribution is not its standard deviation.
# %% laplace_count
def laplace_count(n, epsilon, rng):
    if epsilon <= 0:
        raise ValueError("epsilon is above 0")
    return n + rng.laplace(0, 1 / (math.sqrt(2) * epsilon))
