# shows: Month and day are compared apart, so a birthday on the 20th of March has not been on the 5th of June.
# loses: [check_needs_parent]
# teaches: In some months a birthday that has been is still to come. Compare month and day together.
# %% needs_parent
def needs_parent(birth_date, on, age_limit):
    if birth_date is None or age_limit is None:
        return None
    if on < birth_date:
        raise ValueError("before the birth")
    to_come = on.month < birth_date.month or on.day < birth_date.day
    return on.year - birth_date.year - to_come < age_limit
