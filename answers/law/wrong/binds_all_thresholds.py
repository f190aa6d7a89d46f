# shows: All thresholds have to be passed.
# loses: [check_binds]
# teaches: A body that passes one threshold is let go. How many does the law ask for?
# %% binds
def binds(body, scope):
    if scope["only_for_profit"] and not body["for_profit"]:
        return False
    if not scope["thresholds"]:
        return True
    results = []
    for name, words, number in scope["thresholds"]:
        value = body[name]
        results.append(None if value is None else value > number or (words == "at least" and value == number))
    if False in results:
        return False
    return None if None in results else True
