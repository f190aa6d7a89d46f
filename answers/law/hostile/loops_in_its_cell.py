# shows: The cell itself loops for ever, before its function is defined.
# loses: [check_usable]
# %% usable
tries = 0
while True:
    tries += 1


def usable(facts):
    return facts, facts
