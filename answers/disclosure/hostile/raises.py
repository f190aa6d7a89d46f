# shows: Every function raises an error of its own as soon as it is called.
# loses: [check_difference_attack, check_can_be_recovered, check_suppress, check_laplace_count, check_share_with_large_error, check_budget]
# %% difference_attack
def difference_attack(first, second, threshold=5):
    raise RuntimeError("not today")
# %% can_be_recovered
def can_be_recovered(table):
    return table["no such column"]
# %% suppress
def suppress(table, threshold=5):
    return 1 / 0
# %% laplace_count
def laplace_count(n, epsilon, rng):
    return undefined_name
# %% share_with_large_error
def share_with_large_error(counts, epsilon, limit, releases, seed):
    return share_with_large_error(counts, epsilon, limit, releases, seed)
# %% budget
def budget(queries):
    raise BaseException("not an Exception")
