# shows: The function prints 100,000 lines each time and returns nothing.
# loses: [check_closes]
# %% closes
def closes(edges, exposure, outcome, adjusted):
    for line in range(100_000):
        print("closing", line, adjusted)
