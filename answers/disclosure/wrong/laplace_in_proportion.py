# shows: The noise grows with the count, as a relative error would.
# loses: [check_laplace_count]
# teaches: The noise grows with the count. One person changes a large count by just one, too.
# %% laplace_count
def laplace_count(n, epsilon, rng):
    if epsilon <= 0:
        raise ValueError("epsilon is above 0")
    return n + rng.laplace(0, 1 / epsilon) * max(n, 1) / 10
