# shows: Where no limit is known, nobody needs a parent.
# loses: [check_needs_parent]
# teaches: What is not known has become no. What would that mean for a child?
# %% needs_parent
def needs_parent(birth_date, on, age_limit):
    if birth_date is None or age_limit is None:
        return False
    if on < birth_date:
        raise ValueError("before the birth")
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day)) < age_limit
