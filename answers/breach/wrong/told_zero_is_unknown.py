# shows: Zero people are taken for an unknown number.
# loses: [check_who_is_told]
# teaches: Zero is a number that somebody counted. Does your function know it from None?
# %% who_is_told
def who_is_told(duties, level, people):
    if level is None:
        level = "high risk"
    if level not in LEVELS:
        raise ValueError("no such level")
    told = set()
    for duty in duties:
        risky = duty["needs"] is None or LEVELS.index(level) >= LEVELS.index(duty["needs"])
        many = duty["more_than"] is None or not people or people > duty["more_than"]
        if risky and many:
            told.add(duty["whom"])
    return sorted(told)
