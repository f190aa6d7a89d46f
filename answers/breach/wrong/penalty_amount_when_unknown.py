# shows: Without the turnover the amount is given, as if it were the maximum.
# loses: [check_maximum_penalty]
# teaches: Is the amount the answer when you do not know the turnover? Think of the other part.
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
        return penalty.get("amount")
    share = penalty["share_of_turnover"] * turnover
    if rule == "fixed":
        return share
    return min(penalty["amount"], share) if rule == "lower_of" else max(penalty["amount"], share)
