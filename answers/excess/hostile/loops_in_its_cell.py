# shows: The cell itself loops for ever, before its function is defined; plain nbgrader interrupts it at its time limit and goes on without the function.
# loses: [check_undercount]
# %% undercount
tries = 0
while True:
    tries += 1


def undercount(excess, share_registered):
    return excess / share_registered
