# shows: The year is completed only on the day after the birthday.
# loses: [check_needs_parent]
# teaches: On the birthday itself the person is still a year younger. When is a year completed?
# %% needs_parent
def needs_parent(birth_date, on, age_limit):
    if birth_date is None or age_limit is None:
        return None
    if on < birth_date:
        raise ValueError("before the birth")
    return on.year - birth_date.year - ((on.month, on.day) <= (birth_date.month, birth_date.day)) < age_limit
