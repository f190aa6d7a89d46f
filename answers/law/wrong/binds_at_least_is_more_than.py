# shows: '"At least" is read as "more than".'
# loses: [check_binds]
# teaches: A body that lies just on a threshold is let go. Which of the two words stands there?
# %% binds
def binds(body, scope):
    if scope["only_for_profit"] and not body["for_profit"]:
        return False
    numbers = [(body[name], number) for name, _, number in scope["thresholds"]]
    if not numbers or any(value is not None and value > number for value, number in numbers):
        return True
    return None if any(value is None for value, _ in numbers) else False
