# shows: A word that is no level is taken for no risk.
# loses: [check_who_is_told]
# teaches: A level with a spelling mistake must not let you stay silent. What do you do with it?
# %% who_is_told
def who_is_told(duties, level, people):
    if level is None:
        level = "high risk"
    if level not in LEVELS:
        level = "no risk"
    told = set()
    for duty in duties:
        risky = duty["needs"] is None or LEVELS.index(level) >= LEVELS.index(duty["needs"])
        many = duty["more_than"] is None or people is None or people > duty["more_than"]
        if risky and many:
            told.add(duty["whom"])
    return sorted(told)
