# shows: "A missed outbreak has the price of a false alarm, and the other way round."
# loses: [check_cost_curve]
# teaches: "The two prices have changed places. Which error costs which?"
# %% cost_curve
def cost_curve(happened, height, multipliers, miss, false_alarm):
    rows = []
    for multiplier in multipliers:
        found = score(happened, (height > multiplier).astype(float).where(height.notna()))
        cost = found["missed"] * false_alarm + found["false_alarms"] * miss
        rows.append([multiplier, found["sensitivity"], found["ppv"], cost])
    return pd.DataFrame(rows, columns=["multiplier", "sensitivity", "ppv", "cost"]).astype(float)
