# shows: A threshold counts as passed when it is reached.
# loses: [check_who_is_told]
# teaches: Is 500 more than 500?
# %% who_is_told
def who_is_told(duties, level, people):
    if level is None:
        level = "high risk"
    if level not in LEVELS:
        raise ValueError("no such level")
    told = set()
    for duty in duties:
        risky = duty["needs"] is None or LEVELS.index(level) >= LEVELS.index(duty["needs"])
        many = duty["more_than"] is None or people is None or people >= duty["more_than"]
        if risky and many:
            told.add(duty["whom"])
    return sorted(told)
