# shows: The function prints 100,000 lines each time and returns nothing; plain nbgrader cuts the output and goes on.
# loses: [check_undercount]
# %% undercount
def undercount(excess, share_registered):
    for line in range(100_000):
        print("trying", line, excess, share_registered)
