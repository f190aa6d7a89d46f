# shows: The cell itself loops for ever, before its function is defined.
# loses: [check_stage_gaps]
# %% stage_gaps
tries = 0
while True:
    tries += 1


def stage_gaps(plan):
    return {}
