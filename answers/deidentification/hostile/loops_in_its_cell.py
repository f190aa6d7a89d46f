# shows: The cell itself loops for ever, before its function is defined.
# loses: [check_l_diversity]
# %% l_diversity
tries = 0
while True:
    tries += 1


def l_diversity(df, qi, sensitive):
    return 1
