# shows: 'A person of the age of the limit still needs a parent: below is read as up to.'
# loses: [check_needs_parent]
# teaches: The year after the limit counts too. What does "below" say?
# %% needs_parent
def needs_parent(birth_date, on, age_limit):
    if birth_date is None or age_limit is None:
        return None
    if on < birth_date:
        raise ValueError("before the birth")
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day)) <= age_limit
