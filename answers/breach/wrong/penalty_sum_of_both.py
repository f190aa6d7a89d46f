# shows: Amount and share are added.
# loses: [check_maximum_penalty]
# teaches: The law threatens one of two, not both.
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
        return None
    share = penalty["share_of_turnover"] * turnover
    if rule == "fixed":
        return share
    return min(penalty["amount"], share) if rule == "lower_of" else penalty["amount"] + share
