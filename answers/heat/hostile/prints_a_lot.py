# shows: The function prints 100,000 lines each time and returns nothing.
# loses: [check_same_percentile]
# %% same_percentile
def same_percentile(here, there, temperature):
    for line in range(100_000):
        print("trying", line, temperature)
