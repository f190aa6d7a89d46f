# shows: "Without an outbreak the sensitivity is 0, as if all had been missed."
# loses: [check_score]
# teaches: "Without any outbreak the sensitivity is 0, as if all had been missed. What can be said when there is nothing to find?"
# %% score
def score(happened, rang):
    known = happened.notna() & rang.notna()
    yes, alarms = happened[known] == 1, rang[known] == 1
    hits, missed = int((yes & alarms).sum()), int((yes & ~alarms).sum())
    false_alarms, quiet = int((~yes & alarms).sum()), int((~yes & ~alarms).sum())
    sensitivity = hits / (hits + missed) if hits + missed else 0.0
    ppv = hits / (hits + false_alarms) if hits + false_alarms else 0.0
    return {"hits": hits, "missed": missed, "false_alarms": false_alarms, "quiet": quiet, "sensitivity": sensitivity, "ppv": ppv}
