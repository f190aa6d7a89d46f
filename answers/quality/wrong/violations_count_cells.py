# shows: The lines of failures are counted, one for each cell.
# loses: [check_violations]
# teaches: A row of the data stands in several lines. What do you want to count?
# %% violations
def violations(failed, names, n_rows):
    asked = failed[failed["rule"].isin(names)]
    rows = [asked.loc[asked["rule"] == name, "row"].size for name in names] + [asked["row"].nunique()]
    table = pd.DataFrame({"rule": [*names, "any rule"], "rows": rows})
    return table.assign(percent=100 * table["rows"] / n_rows)
