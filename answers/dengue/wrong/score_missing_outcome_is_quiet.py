# shows: "A month whose outcome is not known counts as a quiet one, so its alarm is false."
# loses: [check_score]
# teaches: "Months whose outcome is not known count as quiet. Was the alarm there right or false?"
# %% score
def score(happened, rang):
    known = rang.notna()
    yes, alarms = happened[known] == 1, rang[known] == 1
    hits, missed = int((yes & alarms).sum()), int((yes & ~alarms).sum())
    false_alarms, quiet = int((~yes & alarms).sum()), int((~yes & ~alarms).sum())
    sensitivity = hits / (hits + missed) if hits + missed else None
    ppv = hits / (hits + false_alarms) if hits + false_alarms else None
    return {"hits": hits, "missed": missed, "false_alarms": false_alarms, "quiet": quiet, "sensitivity": sensitivity, "ppv": ppv}
