# shows: "Missed outbreaks and false alarms are swapped."
# loses: [check_score]
# teaches: "Missed outbreaks and false alarms have changed places. Which of the two happened, and which rang?"
# %% score
def score(happened, rang):
    known = happened.notna() & rang.notna()
    yes, alarms = happened[known] == 1, rang[known] == 1
    hits, missed = int((yes & alarms).sum()), int((yes & ~alarms).sum())
    false_alarms, quiet = int((~yes & alarms).sum()), int((~yes & ~alarms).sum())
    sensitivity = hits / (hits + missed) if hits + missed else None
    ppv = hits / (hits + false_alarms) if hits + false_alarms else None
    return {"hits": hits, "missed": false_alarms, "false_alarms": missed, "quiet": quiet, "sensitivity": sensitivity, "ppv": ppv}
