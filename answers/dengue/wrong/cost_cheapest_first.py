# shows: "The rows are sorted by cost."
# loses: [check_cost_curve]
# teaches: "The rows come in another order than the multipliers. Which order does the docstring ask for?"
# %% cost_curve
def cost_curve(happened, height, multipliers, miss, false_alarm):
    rows = []
    for multiplier in multipliers:
        found = score(happened, (height > multiplier).astype(float).where(height.notna()))
        cost = found["missed"] * miss + found["false_alarms"] * false_alarm
        rows.append([multiplier, found["sensitivity"], found["ppv"], cost])
    return pd.DataFrame(rows, columns=["multiplier", "sensitivity", "ppv", "cost"]).astype(float).sort_values("cost", ignore_index=True)
