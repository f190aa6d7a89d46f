# shows: Each release begins with the same seed, so all releases are the same one.
# loses: [check_share_with_large_error]
# teaches: All releases are the same one. With which seed does each of them begin?
# %% share_with_large_error
def share_with_large_error(counts, epsilon, limit, releases, seed):
    good = [count for count in counts if count > 0]
    if not good:
        return None
    far = []
    for _ in range(releases):
        far += [abs(noisy - true) > limit * true for true, noisy in zip(good, release(good, epsilon, seed), strict=True)]
    return float(np.mean(far))
