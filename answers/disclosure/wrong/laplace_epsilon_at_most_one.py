# shows: An epsilon above 1 is cut to 1.
# loses: [check_laplace_count]
# teaches: A large epsilon is not used as it is. It tells much about a person, but it is the one that was given.
# %% laplace_count
def laplace_count(n, epsilon, rng):
    if epsilon <= 0:
        raise ValueError("epsilon is above 0")
    return n + rng.laplace(0, 1 / min(epsilon, 1))
