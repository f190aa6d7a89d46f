# shows: The error is divided by the noisy count.
# loses: [check_share_with_large_error]
# teaches: The error is compared with the noisy count. Which of the two is the true one?
# %% share_with_large_error
def share_with_large_error(counts, epsilon, limit, releases, seed):
    true = np.array([count for count in counts if count > 0] * releases, dtype=float)
    if not len(true):
        return None
    noisy = np.array(release(list(true), epsilon, seed))
    return float((abs(noisy - true) > limit * noisy).mean())
