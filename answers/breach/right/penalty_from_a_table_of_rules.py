# shows: A table of small functions chooses between the sorted parts; the rest is the reference.
# %% maximum_penalty
def maximum_penalty(penalty, turnover):
    known = {"lower_of": lambda both: both[0], "greater_of": lambda both: both[-1], "fixed": lambda both: both[0]}
    choose = known.get(penalty["rule"])
    if choose is None:
        raise ValueError(f"no rule {penalty['rule']!r}")
    if turnover is not None and not turnover >= 0:
        raise ValueError("a turnover is 0 or more")
    needs_it = "share_of_turnover" in penalty
    if needs_it and turnover is None:
        return None
    both = [penalty[key] * factor for key, factor in (("amount", 1), ("share_of_turnover", turnover)) if key in penalty]
    return choose(sorted(both))
