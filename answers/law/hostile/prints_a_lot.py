# shows: The function prints 100,000 lines each time and returns nothing.
# loses: [check_in_force]
# %% in_force
def in_force(facts, topic, on):
    for line in range(100_000):
        print("looking", line, topic, on)
