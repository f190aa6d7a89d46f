# shows: "Every alarm costs, not only the false ones."
# loses: [check_cost_curve]
# teaches: "Every alarm has a price, also the right ones. Which errors does the bill have?"
# %% cost_curve
def cost_curve(happened, height, multipliers, miss, false_alarm):
    rows = []
    for multiplier in multipliers:
        found = score(happened, (height > multiplier).astype(float).where(height.notna()))
        cost = found["missed"] * miss + (found["hits"] + found["false_alarms"]) * false_alarm
        rows.append([multiplier, found["sensitivity"], found["ppv"], cost])
    return pd.DataFrame(rows, columns=["multiplier", "sensitivity", "ppv", "cost"]).astype(float)
