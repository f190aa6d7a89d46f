# shows: Levels are compared for equality, so that a high risk is no risk.
# loses: [check_who_is_told]
# teaches: Is a high risk a risk? How do you compare two levels?
# %% who_is_told
def who_is_told(duties, level, people):
    if level is None:
        level = "high risk"
    if level not in LEVELS:
        raise ValueError("no such level")
    told = set()
    for duty in duties:
        risky = duty["needs"] is None or level == duty["needs"]
        many = duty["more_than"] is None or people is None or people > duty["more_than"]
        if risky and many:
            told.add(duty["whom"])
    return sorted(told)
