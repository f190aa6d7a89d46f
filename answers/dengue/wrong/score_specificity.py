# shows: "The share of quiet months without alarm is given as the positive predictive value."
# loses: [check_score]
# teaches: "This is the share of quiet months in which the alarm was silent. With which months does the positive predictive value begin?"
# %% score
def score(happened, rang):
    known = happened.notna() & rang.notna()
    yes, alarms = happened[known] == 1, rang[known] == 1
    hits, missed = int((yes & alarms).sum()), int((yes & ~alarms).sum())
    false_alarms, quiet = int((~yes & alarms).sum()), int((~yes & ~alarms).sum())
    sensitivity = hits / (hits + missed) if hits + missed else None
    ppv = quiet / (quiet + false_alarms) if hits + false_alarms else None
    return {"hits": hits, "missed": missed, "false_alarms": false_alarms, "quiet": quiet, "sensitivity": sensitivity, "ppv": ppv}
