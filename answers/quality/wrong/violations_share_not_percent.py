# shows: The share is given as a fraction of 1.
# loses: [check_violations]
# teaches: "Compare the name of the column with the numbers in it: 5 of 100 rows are how many percent?"
# %% violations
def violations(failed, names, n_rows):
    asked = failed[failed["rule"].isin(names)]
    rows = [asked.loc[asked["rule"] == name, "row"].nunique() for name in names] + [asked["row"].nunique()]
    table = pd.DataFrame({"rule": [*names, "any rule"], "rows": rows})
    return table.assign(percent=table["rows"] / n_rows)
