# shows: "The shares are rounded to two places."
# loses: [check_score]
# teaches: "The shares are rounded. When is the right time to round?"
# %% score
def score(happened, rang):
    known = happened.notna() & rang.notna()
    yes, alarms = happened[known] == 1, rang[known] == 1
    hits, missed = int((yes & alarms).sum()), int((yes & ~alarms).sum())
    false_alarms, quiet = int((~yes & alarms).sum()), int((~yes & ~alarms).sum())
    sensitivity = hits / (hits + missed) if hits + missed else None
    ppv = hits / (hits + false_alarms) if hits + false_alarms else None
    return {"hits": hits, "missed": missed, "false_alarms": false_alarms, "quiet": quiet, "sensitivity": None if sensitivity is None else round(sensitivity, 2), "ppv": None if ppv is None else round(ppv, 2)}
