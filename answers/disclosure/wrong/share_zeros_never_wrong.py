# shows: Counts of zero stay among all counts and are never far off.
# loses: [check_share_with_large_error]
# teaches: Counts of zero make the share smaller. Do they have a relative error?
# %% share_with_large_error
def share_with_large_error(counts, epsilon, limit, releases, seed):
    if not any(counts):
        return None
    true = np.array(list(counts) * releases, dtype=float)
    noisy = np.array(release(list(true), epsilon, seed))
    return float(((abs(noisy - true) > limit * true) & (true > 0)).mean())
