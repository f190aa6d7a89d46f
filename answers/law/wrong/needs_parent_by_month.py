# shows: Only the month of the birthday is looked at.
# loses: [check_needs_parent]
# teaches: In the month of the birthday the age is not always right. Look at the day too.
# %% needs_parent
def needs_parent(birth_date, on, age_limit):
    if birth_date is None or age_limit is None:
        return None
    if on < birth_date:
        raise ValueError("before the birth")
    return on.year - birth_date.year - (on.month < birth_date.month) < age_limit
