# shows: "Sensitivity and positive predictive value are swapped."
# loses: [check_score]
# teaches: "The two shares are swapped. Which one begins with the outbreaks, and which with the alarms?"
# %% score
def score(happened, rang):
    known = happened.notna() & rang.notna()
    yes, alarms = happened[known] == 1, rang[known] == 1
    hits, missed = int((yes & alarms).sum()), int((yes & ~alarms).sum())
    false_alarms, quiet = int((~yes & alarms).sum()), int((~yes & ~alarms).sum())
    sensitivity = hits / (hits + missed) if hits + missed else None
    ppv = hits / (hits + false_alarms) if hits + false_alarms else None
    return {"hits": hits, "missed": missed, "false_alarms": false_alarms, "quiet": quiet, "sensitivity": ppv, "ppv": sensitivity}
