# shows: '"And" is read as "or": one thing of a way completes it.'
# loses: [check_still_needed]
# teaches: A way counts as complete although a part of it is missing. Does the law say "and" or "or" inside a way?
# %% still_needed
def still_needed(conditions, has):
    if conditions is None:
        return None
    if any(each in has for way in conditions["any_of"] for each in way):
        return []
    return min(conditions["any_of"], key=len)
