# shows: The function prints 100,000 lines each time and returns nothing.
# loses: [check_deaths_per_10000]
# %% deaths_per_10000
def deaths_per_10000(df, by):
    for line in range(100_000):
        print("trying", line, by)
