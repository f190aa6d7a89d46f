# shows: The noise comes from NumPy's global generator.
# loses: [check_laplace_count, check_share_with_large_error]
# teaches: Chance does not come from the generator that was given, so nobody can repeat the release.
# %% laplace_count
def laplace_count(n, epsilon, rng):
    if epsilon <= 0:
        raise ValueError("epsilon is above 0")
    return n + np.random.laplace(0, 1 / epsilon)
