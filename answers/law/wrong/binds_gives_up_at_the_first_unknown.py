# shows: At the first number that is not known the answer is not known, although another threshold is passed.
# loses: [check_binds]
# teaches: The answer is called not known although one threshold is passed for sure. Does the missing number still matter?
# %% binds
def binds(body, scope):
    if scope["only_for_profit"] and not body["for_profit"]:
        return False
    if not scope["thresholds"]:
        return True
    if any(body[name] is None for name, _, _ in scope["thresholds"]):
        return None
    for name, words, number in scope["thresholds"]:
        if body[name] > number or (words == "at least" and body[name] == number):
            return True
    return False
