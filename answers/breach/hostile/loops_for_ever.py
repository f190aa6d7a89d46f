# shows: Business days are counted until they are right, which they never are.
# loses: [check_who_is_told]
# %% who_is_told
def who_is_told(duties, level, people):
    told = None
    while told is None:
        people = people
    return told
