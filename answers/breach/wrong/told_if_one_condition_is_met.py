# shows: One of two conditions is enough.
# loses: [check_who_is_told]
# teaches: A duty can have two conditions. Must one of them be met, or both?
# %% who_is_told
def who_is_told(duties, level, people):
    if level is None:
        level = "high risk"
    if level not in LEVELS:
        raise ValueError("no such level")
    told = set()
    for duty in duties:
        risky = duty["needs"] is None or LEVELS.index(level) >= LEVELS.index(duty["needs"])
        many = duty["more_than"] is None or people is None or people > duty["more_than"]
        if duty["more_than"] is None and risky or duty["needs"] is None and many or duty["needs"] and duty["more_than"] and (risky or many):
            told.add(duty["whom"])
    return sorted(told)
