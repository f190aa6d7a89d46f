# shows: "The share of all months that were right is given as the sensitivity."
# loses: [check_score]
# teaches: "The sensitivity counts the quiet months too. Which months does the question look at?"
# %% score
def score(happened, rang):
    known = happened.notna() & rang.notna()
    yes, alarms = happened[known] == 1, rang[known] == 1
    hits, missed = int((yes & alarms).sum()), int((yes & ~alarms).sum())
    false_alarms, quiet = int((~yes & alarms).sum()), int((~yes & ~alarms).sum())
    sensitivity = (hits + quiet) / (hits + missed + false_alarms + quiet) if hits + missed else None
    ppv = hits / (hits + false_alarms) if hits + false_alarms else None
    return {"hits": hits, "missed": missed, "false_alarms": false_alarms, "quiet": quiet, "sensitivity": sensitivity, "ppv": ppv}
