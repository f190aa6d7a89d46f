# shows: An epsilon that is not above 0 is taken without a word.
# loses: [check_laplace_count]
# teaches: An epsilon of 0 gives an answer. What would it promise?
# %% laplace_count
def laplace_count(n, epsilon, rng):
    if epsilon == 0:
        return n + rng.laplace(0, 1e9)
    return n + rng.laplace(0, abs(1 / epsilon))
