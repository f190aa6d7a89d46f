# shows: "Where the height is not known the alarm counts as silent."
# loses: [check_cost_curve]
# teaches: "Where last month is not known the alarm counts as silent, and the outbreak as missed. Is this known?"
# %% cost_curve
def cost_curve(happened, height, multipliers, miss, false_alarm):
    rows = []
    for multiplier in multipliers:
        found = score(happened, (height > multiplier).astype(float))
        cost = found["missed"] * miss + found["false_alarms"] * false_alarm
        rows.append([multiplier, found["sensitivity"], found["ppv"], cost])
    return pd.DataFrame(rows, columns=["multiplier", "sensitivity", "ppv", "cost"]).astype(float)
