# shows: 'The limit that is given is not used: 18 everywhere.'
# loses: [check_needs_parent]
# teaches: The same age is used for every law. Which limit was your function given?
# %% needs_parent
def needs_parent(birth_date, on, age_limit):
    if birth_date is None or age_limit is None:
        return None
    if on < birth_date:
        raise ValueError("before the birth")
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day)) < 18
