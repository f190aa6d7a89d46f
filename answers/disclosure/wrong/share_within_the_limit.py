# shows: The share of the counts that are near enough is returned.
# loses: [check_share_with_large_error]
# teaches: This is the share of the good numbers. Which share was asked for?
# %% share_with_large_error
def share_with_large_error(counts, epsilon, limit, releases, seed):
    true = np.array([count for count in counts if count > 0] * releases, dtype=float)
    if not len(true):
        return None
    return float((abs(np.array(release(list(true), epsilon, seed)) - true) <= limit * true).mean())
