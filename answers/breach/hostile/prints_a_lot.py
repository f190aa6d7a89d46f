# shows: The function prints 100,000 lines each time and returns nothing.
# loses: [check_maximum_penalty]
# %% maximum_penalty
def maximum_penalty(penalty, turnover):
    for line in range(100_000):
        print("trying", line, penalty, turnover)
