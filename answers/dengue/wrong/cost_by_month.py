# shows: "The cost is divided by the number of months."
# loses: [check_cost_curve]
# teaches: "The cost is that of one month. Which cost does the docstring ask for?"
# %% cost_curve
def cost_curve(happened, height, multipliers, miss, false_alarm):
    rows = []
    for multiplier in multipliers:
        found = score(happened, (height > multiplier).astype(float).where(height.notna()))
        cost = (found["missed"] * miss + found["false_alarms"] * false_alarm) / len(happened)
        rows.append([multiplier, found["sensitivity"], found["ppv"], cost])
    return pd.DataFrame(rows, columns=["multiplier", "sensitivity", "ppv", "cost"]).astype(float)
