# shows: The age is the number of days divided by 365.25, which is a day wrong around some birthdays.
# loses: [check_needs_parent]
# teaches: Around some birthdays the age is a day wrong. Do all years have as many days?
# %% needs_parent
def needs_parent(birth_date, on, age_limit):
    if birth_date is None or age_limit is None:
        return None
    if on < birth_date:
        raise ValueError("before the birth")
    return (on - birth_date).days / 365.25 < age_limit
