# shows: The cell itself loops for ever, before its function is defined.
# loses: [check_budget]
# %% budget
tries = 0
while True:
    tries += 1


def budget(queries):
    return 0.0
