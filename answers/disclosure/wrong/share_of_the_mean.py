# shows: The mean of all releases is compared with the true counts, so the noise averages out.
# loses: [check_share_with_large_error]
# teaches: The releases are averaged first. A reader sees one release, not the mean of many.
# %% share_with_large_error
def share_with_large_error(counts, epsilon, limit, releases, seed):
    true = np.array([count for count in counts if count > 0], dtype=float)
    if not len(true):
        return None
    noisy = np.array(release(list(true) * releases, epsilon, seed)).reshape(releases, -1).mean(axis=0)
    return float((abs(noisy - true) > limit * true).mean())
