# shows: A person without a birth date is taken for a grown-up.
# loses: [check_needs_parent]
# teaches: A person of an age that nobody knows gets an answer. Which one could it be?
# %% needs_parent
def needs_parent(birth_date, on, age_limit):
    if age_limit is None:
        return None
    if birth_date is None:
        return False
    if on < birth_date:
        raise ValueError("before the birth")
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day)) < age_limit
