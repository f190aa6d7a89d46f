# shows: Loops, sets and dictionaries of plain Python, and little of pandas.
# %% closes
def closes(edges, exposure, outcome, adjusted):
    causes = {}
    for cause, effect in edges:
        causes.setdefault(effect, set()).add(cause)

    def is_effect_of(one, cause):
        return any(parent == cause or is_effect_of(parent, cause) for parent in causes.get(one, ()))

    for one in adjusted:
        if is_effect_of(one, exposure):
            return False
    for path in paths(edges, exposure, outcome):
        if path[1] not in causes.get(exposure, ()):
            continue
        is_open = True
        for n in range(1, len(path) - 1):
            meet = {path[n - 1], path[n + 1]} <= causes.get(path[n], set())
            told = path[n] in adjusted or any(is_effect_of(one, path[n]) for one in adjusted)
            if (meet and not told) or (not meet and path[n] in adjusted):
                is_open = False
        if is_open:
            return False
    return True
# %% gaps
def gaps(df, column):
    values = {day: value for day, value in zip(df["date"], df[column]) if value == value}
    day, last = min(df["date"]), max(df["date"])
    days = missing = negative = run = longest = 0
    while day <= last:
        days += 1
        if day in values:
            run = 0
            negative += values[day] < 0
        else:
            missing += 1
            run += 1
            longest = max(longest, run)
        day += pd.Timedelta(days=1)
    return {"days": days, "missing": missing, "negative": int(negative), "longest": longest}
# %% lag_mean
def lag_mean(df, column, lags):
    values = dict(zip(df["date"], df[column]))
    means = []
    for day in df["date"]:
        total = 0.0
        for lag in lags:
            total += values.get(day - pd.Timedelta(days=lag), float("nan"))
        means.append(total / len(lags))
    return pd.Series(means, index=df.index)
# %% control_days
def control_days(dates, day):
    case = pd.Timestamp(day).date()
    days = sorted(each.date() for each in dates)
    if case not in days:
        raise ValueError(day)
    same = [each for each in days if (each.year, each.month, each.weekday()) == (case.year, case.month, case.weekday())]
    same.remove(case)
    return [each.isoformat() for each in same]
