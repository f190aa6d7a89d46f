# shows: A search for the shortest way never ends, so the function loops for ever when it is called.
# loses: [check_still_needed]
# %% still_needed
def still_needed(conditions, has):
    if conditions is None:
        return None
    shortest = None
    while shortest is None:
        for way in conditions["any_of"]:
            if len(way) == 0:
                shortest = way
    return shortest
