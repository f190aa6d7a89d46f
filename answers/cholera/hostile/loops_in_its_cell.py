# shows: The cell itself loops for ever, before its function is defined.
# loses: [check_neighbours]
# %% neighbours
tries = 0
while True:
    tries += 1


def neighbours(shapes, name):
    return []
