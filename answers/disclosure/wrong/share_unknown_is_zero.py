# shows: Without a count above zero the share is said to be zero.
# loses: [check_share_with_large_error]
# teaches: Where no count has a relative error, the share is called zero. Is it known?
# %% share_with_large_error
def share_with_large_error(counts, epsilon, limit, releases, seed):
    true = np.array([count for count in counts if count > 0] * releases, dtype=float)
    if not len(true):
        return 0.0
    return float((abs(np.array(release(list(true), epsilon, seed)) - true) > limit * true).mean())
