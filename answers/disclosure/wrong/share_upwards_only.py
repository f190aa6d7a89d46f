# shows: Only noisy counts that are too high are counted.
# loses: [check_share_with_large_error]
# teaches: Only errors in one direction are counted. A number that is too low is wrong, too.
# %% share_with_large_error
def share_with_large_error(counts, epsilon, limit, releases, seed):
    true = np.array([count for count in counts if count > 0] * releases, dtype=float)
    if not len(true):
        return None
    return float((np.array(release(list(true), epsilon, seed)) - true > limit * true).mean())
