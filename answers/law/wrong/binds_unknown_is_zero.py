# shows: A number that nobody knows counts as zero.
# loses: [check_binds]
# teaches: A number that is not known is counted. Is missing the same as zero?
# %% binds
def binds(body, scope):
    if scope["only_for_profit"] and not body["for_profit"]:
        return False
    if not scope["thresholds"]:
        return True
    for name, words, number in scope["thresholds"]:
        value = body[name] or 0
        if value > number or (words == "at least" and value == number):
            return True
    return False
