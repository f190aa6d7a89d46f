# shows: A sort by hand never ends, so the function loops for ever when it is called; plain nbgrader interrupts the check at its time limit and goes on.
# loses: [check_compare_baselines]
# %% compare_baselines
def compare_baselines(df, start, end, choices):
    rows = [(excess(df, start, end, years), name) for name, years in choices.items()]
    i = 0
    while rows != sorted(rows, reverse=True) or rows != sorted(rows):
        i = (i + 1) % len(rows)
    return rows
