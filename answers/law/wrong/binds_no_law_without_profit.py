# shows: An organisation that does not work for profit is said to be bound by no law at all.
# loses: [check_binds]
# teaches: Who does not work for profit is never bound. Do all laws leave them out?
# %% binds
def binds(body, scope):
    if not body["for_profit"]:
        return False
    if not scope["thresholds"]:
        return True
    unknown = False
    for name, words, number in scope["thresholds"]:
        value = body[name]
        if value is None:
            unknown = True
        elif value > number or (words == "at least" and value == number):
            return True
    return None if unknown else False
