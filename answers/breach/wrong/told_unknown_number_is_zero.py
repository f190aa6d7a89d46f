# shows: An unknown number of people is taken for zero.
# loses: [check_who_is_told]
# teaches: Nobody has counted yet. Does that mean that nobody was reached?
# %% who_is_told
def who_is_told(duties, level, people):
    if level is None:
        level = "high risk"
    if level not in LEVELS:
        raise ValueError("no such level")
    told = set()
    for duty in duties:
        risky = duty["needs"] is None or LEVELS.index(level) >= LEVELS.index(duty["needs"])
        many = duty["more_than"] is None or (people or 0) > duty["more_than"]
        if risky and many:
            told.add(duty["whom"])
    return sorted(told)
