# shows: Without a risk nobody is told, although some laws have no threshold.
# loses: [check_who_is_told]
# teaches: Some laws ask for a notice of any breach. What does needs say there?
# %% who_is_told
def who_is_told(duties, level, people):
    if level is None:
        level = "high risk"
    if level not in LEVELS:
        raise ValueError("no such level")
    told = set()
    if level == "no risk":
        return []
    for duty in duties:
        risky = duty["needs"] is None or LEVELS.index(level) >= LEVELS.index(duty["needs"])
        many = duty["more_than"] is None or people is None or people > duty["more_than"]
        if risky and many:
            told.add(duty["whom"])
    return sorted(told)
