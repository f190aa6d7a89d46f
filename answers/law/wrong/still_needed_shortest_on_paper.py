# shows: The way with the fewest things is taken, not the one of which least is missing.
# loses: [check_still_needed]
# teaches: The shortest way on paper is taken. Which way lacks least with what is there already?
# %% still_needed
def still_needed(conditions, has):
    if conditions is None:
        return None
    return [each for each in min(conditions["any_of"], key=len) if each not in has]
