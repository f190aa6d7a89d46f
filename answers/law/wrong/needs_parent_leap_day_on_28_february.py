# shows: For those born on 29 February the year is completed on 28 February.
# loses: [check_needs_parent]
# teaches: For people born on a leap day, one day is not right. What is the rule here in a year without that day?
# %% needs_parent
def needs_parent(birth_date, on, age_limit):
    if birth_date is None or age_limit is None:
        return None
    if on < birth_date:
        raise ValueError("before the birth")
    try:
        birthday = birth_date.replace(year=on.year)
    except ValueError:
        birthday = datetime.date(on.year, 2, 28)
    return on.year - birth_date.year - (on < birthday) < age_limit
