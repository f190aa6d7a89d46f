# shows: The seed comes from the clock.
# loses: [check_share_with_large_error]
# teaches: The same seed gives another result each time. Where does the seed come from?
# %% share_with_large_error
def share_with_large_error(counts, epsilon, limit, releases, seed):
    true = np.array([count for count in counts if count > 0] * releases, dtype=float)
    if not len(true):
        return None
    seed = int(np.random.default_rng().integers(10**9))
    return float((abs(np.array(release(list(true), epsilon, seed)) - true) > limit * true).mean())
