# shows: What is missing is written into the list of what is there.
# loses: [check_still_needed]
# teaches: After the call, more is there than before. Did anybody get it?
# %% still_needed
def still_needed(conditions, has):
    if conditions is None:
        return None
    missing = min(([each for each in way if each not in has] for way in conditions["any_of"]), key=len)
    has.extend(missing)
    return missing
