# shows: A day before the birth gives an answer.
# loses: [check_needs_parent]
# teaches: A person who is not born yet gets an answer. What should happen with such data?
# %% needs_parent
def needs_parent(birth_date, on, age_limit):
    if birth_date is None or age_limit is None:
        return None
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day)) < age_limit
