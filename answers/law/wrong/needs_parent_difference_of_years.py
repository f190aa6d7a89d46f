# shows: The age is the difference of the years, so everybody has a birthday on 1 January.
# loses: [check_needs_parent]
# teaches: The age changes on 1 January. Has this year's birthday been?
# %% needs_parent
def needs_parent(birth_date, on, age_limit):
    if birth_date is None or age_limit is None:
        return None
    if on < birth_date:
        raise ValueError("before the birth")
    return on.year - birth_date.year < age_limit
