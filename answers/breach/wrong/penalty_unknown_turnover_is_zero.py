# shows: An unknown turnover is taken for zero.
# loses: [check_maximum_penalty]
# teaches: Not known is not zero. What can be said without the turnover?
# %% maximum_penalty
def maximum_penalty(penalty, turnover):
    rule = penalty["rule"]
    if rule not in ("lower_of", "greater_of", "fixed"):
        raise ValueError("no such rule")
    if turnover is not None and turnover < 0:
        raise ValueError("negative turnover")
    if "share_of_turnover" not in penalty:
        return penalty["amount"]
    if turnover is None:
        turnover = 0
    share = penalty["share_of_turnover"] * turnover
    if rule == "fixed":
        return share
    return min(penalty["amount"], share) if rule == "lower_of" else max(penalty["amount"], share)
