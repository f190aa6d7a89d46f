# shows: The error is compared with the limit itself, not with the share of the count.
# loses: [check_share_with_large_error]
# teaches: The error is compared as a number of people. Twenty per cent of what?
# %% share_with_large_error
def share_with_large_error(counts, epsilon, limit, releases, seed):
    true = np.array([count for count in counts if count > 0] * releases, dtype=float)
    if not len(true):
        return None
    return float((abs(np.array(release(list(true), epsilon, seed)) - true) > limit).mean())
