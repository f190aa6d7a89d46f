# shows: The cell itself loops for ever, before its function is defined; plain nbgrader interrupts it at its time limit and goes on without the function.
# loses: [check_assign_teams]
# %% assign_teams
tries = 0
while True:
    tries += 1


def assign_teams(df, teams, visit):
    return [], []
