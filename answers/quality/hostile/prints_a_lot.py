# shows: The function prints 100,000 lines each time and returns nothing.
# loses: [check_compare_sources]
# %% compare_sources
def compare_sources(ours, theirs, tolerance):
    for line in range(100_000):
        print("comparing", line, tolerance)
