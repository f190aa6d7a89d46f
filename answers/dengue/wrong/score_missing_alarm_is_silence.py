# shows: "A month in which the alarm is not known counts as one in which it did not ring."
# loses: [check_score]
# teaches: "Months in which the alarm was not known count as silent ones. Who knows whether it would have rung?"
# %% score
def score(happened, rang):
    known = happened.notna()
    yes, alarms = happened[known] == 1, rang[known] == 1
    hits, missed = int((yes & alarms).sum()), int((yes & ~alarms).sum())
    false_alarms, quiet = int((~yes & alarms).sum()), int((~yes & ~alarms).sum())
    sensitivity = hits / (hits + missed) if hits + missed else None
    ppv = hits / (hits + false_alarms) if hits + false_alarms else None
    return {"hits": hits, "missed": missed, "false_alarms": false_alarms, "quiet": quiet, "sensitivity": sensitivity, "ppv": ppv}
