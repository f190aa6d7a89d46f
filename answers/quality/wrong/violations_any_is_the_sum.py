# shows: Any rule is the sum of the others, so that a row with two faults counts twice.
# loses: [check_violations]
# teaches: A row that breaks two rules is counted twice in the last line. How many rows are affected?
# %% violations
def violations(failed, names, n_rows):
    asked = failed[failed["rule"].isin(names)]
    rows = [asked.loc[asked["rule"] == name, "row"].nunique() for name in names] + [sum(asked.loc[asked["rule"] == name, "row"].nunique() for name in names)]
    table = pd.DataFrame({"rule": [*names, "any rule"], "rows": rows})
    return table.assign(percent=100 * table["rows"] / n_rows)
