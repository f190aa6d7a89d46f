# shows: A generator with a fixed seed is made at each call, so each count gets the same noise.
# loses: [check_laplace_count]
# teaches: Each count gets the same noise. Who knows one true count knows all. Where does the generator begin again?
# %% laplace_count
def laplace_count(n, epsilon, rng):
    if epsilon <= 0:
        raise ValueError("epsilon is above 0")
    return n + np.random.default_rng(1995).laplace(0, 1 / epsilon)
