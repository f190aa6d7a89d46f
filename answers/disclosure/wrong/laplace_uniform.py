# shows: The noise is uniform, with the right mean size.
# loses: [check_laplace_count]
# teaches: 'The noise has the right size but another shape. Far values show who was counted: which distribution has no end?'
# %% laplace_count
def laplace_count(n, epsilon, rng):
    if epsilon <= 0:
        raise ValueError("epsilon is above 0")
    return n + rng.uniform(-2 / epsilon, 2 / epsilon)
