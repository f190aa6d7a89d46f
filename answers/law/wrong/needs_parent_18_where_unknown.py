# shows: Where no limit is known, 18 is taken, as in many laws.
# loses: [check_needs_parent]
# teaches: A limit is used that nobody verified for this place. What do you answer where none is known?
# %% needs_parent
def needs_parent(birth_date, on, age_limit):
    if birth_date is None:
        return None
    if on < birth_date:
        raise ValueError("before the birth")
    age = on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))
    return age < (18 if age_limit is None else age_limit)
