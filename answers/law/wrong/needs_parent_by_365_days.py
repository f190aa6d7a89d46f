# shows: The age is the number of days divided by 365, so birthdays come some days too early.
# loses: [check_needs_parent]
# teaches: Birthdays come some days too early. Which days does a year of 365 forget?
# %% needs_parent
def needs_parent(birth_date, on, age_limit):
    if birth_date is None or age_limit is None:
        return None
    if on < birth_date:
        raise ValueError("before the birth")
    return (on - birth_date).days // 365 < age_limit
