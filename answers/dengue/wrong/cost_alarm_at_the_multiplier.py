# shows: "The alarm rings also where the height is equal to the multiplier."
# loses: [check_cost_curve]
# teaches: "The alarm also rings where the height is just equal. What does the docstring say?"
# %% cost_curve
def cost_curve(happened, height, multipliers, miss, false_alarm):
    rows = []
    for multiplier in multipliers:
        found = score(happened, (height >= multiplier).astype(float).where(height.notna()))
        cost = found["missed"] * miss + found["false_alarms"] * false_alarm
        rows.append([multiplier, found["sensitivity"], found["ppv"], cost])
    return pd.DataFrame(rows, columns=["multiplier", "sensitivity", "ppv", "cost"]).astype(float)
