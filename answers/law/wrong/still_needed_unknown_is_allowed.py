# shows: Where no conditions are known, nothing is missing.
# loses: [check_still_needed]
# teaches: No fact has become a yes. What do you answer where nobody knows the conditions?
# %% still_needed
def still_needed(conditions, has):
    ways = [[]] if conditions is None else conditions["any_of"]
    return min(([each for each in way if each not in has] for way in ways), key=len)
