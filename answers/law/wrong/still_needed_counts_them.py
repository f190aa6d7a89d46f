# shows: The number of missing things comes back, not their names.
# loses: [check_still_needed]
# teaches: Somebody has to get what is missing. Can they, from a number?
# %% still_needed
def still_needed(conditions, has):
    if conditions is None:
        return None
    return min(sum(each not in has for each in way) for way in conditions["any_of"])
