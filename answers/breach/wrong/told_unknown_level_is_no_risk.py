# shows: A level that nobody has judged is taken for no risk.
# loses: [check_who_is_told]
# teaches: Nobody has judged the risk yet. What does the docstring plan for?
# %% who_is_told
def who_is_told(duties, level, people):
    if level is None:
        level = "no risk"
    if level not in LEVELS:
        raise ValueError("no such level")
    told = set()
    for duty in duties:
        risky = duty["needs"] is None or LEVELS.index(level) >= LEVELS.index(duty["needs"])
        many = duty["more_than"] is None or people is None or people > duty["more_than"]
        if risky and many:
            told.add(duty["whom"])
    return sorted(told)
