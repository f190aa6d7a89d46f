# shows: A law without thresholds is said to bind nobody, because no threshold is passed.
# loses: [check_binds]
# teaches: A law that names no size binds nobody. What does it mean if there is no threshold?
# %% binds
def binds(body, scope):
    if scope["only_for_profit"] and not body["for_profit"]:
        return False
    numbers = [(body[name], words, number) for name, words, number in scope["thresholds"]]
    if any(v is not None and (v > number or (words == "at least" and v == number)) for v, words, number in numbers):
        return True
    return None if any(v is None for v, _, _ in numbers) else False
