# shows: An organisation that does not work for profit is bound by a law for those who do.
# loses: [check_binds]
# teaches: A body is bound by a law that is not made for it. Whom does the law name?
# %% binds
def binds(body, scope):
    unknown = False
    for name, words, number in scope["thresholds"]:
        value = body[name]
        if value is None:
            unknown = True
        elif value > number or (words == "at least" and value == number):
            return True
    if not scope["thresholds"]:
        return True
    return None if unknown else False
