# shows: The function prints 100,000 lines each time and returns nothing.
# loses: [check_difference_attack]
# %% difference_attack
def difference_attack(first, second, threshold=5):
    for line in range(100_000):
        print("subtracting", line, threshold)
