# shows: A negative turnover gives a penalty.
# loses: [check_maximum_penalty]
# teaches: Can a turnover be below zero? The docstring asks for a refusal.
# %% maximum_penalty
def maximum_penalty(penalty, turnover):
    rule = penalty["rule"]
    if rule not in ("lower_of", "greater_of", "fixed"):
        raise ValueError("no such rule")
    if "share_of_turnover" not in penalty:
        return penalty["amount"]
    if turnover is None:
        return None
    share = penalty["share_of_turnover"] * turnover
    if rule == "fixed":
        return share
    return min(penalty["amount"], share) if rule == "lower_of" else max(penalty["amount"], share)
