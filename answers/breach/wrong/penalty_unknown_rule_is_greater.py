# shows: A rule that is not known is taken for greater_of.
# loses: [check_maximum_penalty]
# teaches: A rule with a spelling mistake must not decide over millions. What do you do with it?
# %% maximum_penalty
def maximum_penalty(penalty, turnover):
    rule = penalty["rule"]
    if turnover is not None and turnover < 0:
        raise ValueError("negative turnover")
    if "share_of_turnover" not in penalty:
        return penalty["amount"]
    if turnover is None:
        return None
    share = penalty["share_of_turnover"] * turnover
    if rule == "fixed":
        return share
    return min(penalty["amount"], share) if rule == "lower_of" else max(penalty["amount"], share)
