# shows: The function prints 100,000 lines each time and returns nothing.
# loses: [check_fair_gaps]
# %% fair_gaps
def fair_gaps(descriptor):
    for line in range(100_000):
        print("looking", line, descriptor)
