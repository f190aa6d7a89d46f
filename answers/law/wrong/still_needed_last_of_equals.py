# shows: Of two ways that lack as much, the last one is taken.
# loses: [check_still_needed]
# teaches: Two ways lack as much, and the later one is taken. What does the docstring say?
# %% still_needed
def still_needed(conditions, has):
    if conditions is None:
        return None
    best = None
    for way in conditions["any_of"]:
        missing = [each for each in way if each not in has]
        if best is None or len(missing) <= len(best):
            best = missing
    return best
