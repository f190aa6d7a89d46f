# shows: The share comes back in per cent.
# loses: [check_share_with_large_error]
# teaches: A share lies between 0 and 1. Yours is a percentage.
# %% share_with_large_error
def share_with_large_error(counts, epsilon, limit, releases, seed):
    true = np.array([count for count in counts if count > 0] * releases, dtype=float)
    if not len(true):
        return None
    return float(100 * (abs(np.array(release(list(true), epsilon, seed)) - true) > limit * true).mean())
