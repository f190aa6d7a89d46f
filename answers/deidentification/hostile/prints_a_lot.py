# shows: The function prints 100,000 lines each time and returns nothing.
# loses: [check_utility_loss]
# %% utility_loss
def utility_loss(before, after, by):
    for line in range(100_000):
        print("trying", line, by)
