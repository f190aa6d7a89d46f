# shows: Only the first way of the law is looked at.
# loses: [check_still_needed]
# teaches: Another way would lack less. How many ways does the law give?
# %% still_needed
def still_needed(conditions, has):
    if conditions is None:
        return None
    return [each for each in conditions["any_of"][0] if each not in has]
