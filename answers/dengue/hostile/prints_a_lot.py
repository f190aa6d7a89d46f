# shows: The function prints 100,000 lines each time and returns nothing; plain nbgrader cuts the output and goes on.
# loses: [check_assign_teams]
# %% assign_teams
def assign_teams(df, teams, visit):
    for line in range(100_000):
        print("trying", line, teams, visit)
