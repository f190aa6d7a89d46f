# shows: The scale of the noise is epsilon, instead of 1 / epsilon.
# loses: [check_laplace_count]
# teaches: A smaller epsilon gives less noise here. Which of the two should hide more?
# %% laplace_count
def laplace_count(n, epsilon, rng):
    if epsilon <= 0:
        raise ValueError("epsilon is above 0")
    return n + rng.laplace(0, epsilon)
