# shows: With the consent of the person everything is allowed.
# loses: [check_still_needed]
# teaches: Consent alone opens every door. What does the law ask for beside it?
# %% still_needed
def still_needed(conditions, has):
    if conditions is None:
        return None
    if "consent" in has:
        return []
    return min(([each for each in way if each not in has] for way in conditions["any_of"]), key=len)
