# shows: Who has two duties towards them stands in the list twice.
# loses: [check_who_is_told]
# teaches: How often does the same office get your letter?
# %% who_is_told
def who_is_told(duties, level, people):
    if level is None:
        level = "high risk"
    if level not in LEVELS:
        raise ValueError("no such level")
    told = []
    for duty in duties:
        risky = duty["needs"] is None or LEVELS.index(level) >= LEVELS.index(duty["needs"])
        many = duty["more_than"] is None or people is None or people > duty["more_than"]
        if risky and many:
            told.append(duty["whom"])
    return sorted(told)
