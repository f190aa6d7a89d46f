# shows: '"Or" is read as "and": all that any way names is asked for.'
# loses: [check_still_needed]
# teaches: More is asked for than the law asks. Is each way needed, or one of them?
# %% still_needed
def still_needed(conditions, has):
    if conditions is None:
        return None
    return [each for way in conditions["any_of"] for each in way if each not in has]
