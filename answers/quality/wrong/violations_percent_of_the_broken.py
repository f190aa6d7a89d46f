# shows: The percent is of the rows that break a rule, and not of all rows.
# loses: [check_violations]
# teaches: Per cent of what? How many rows does the table have?
# %% violations
def violations(failed, names, n_rows):
    asked = failed[failed["rule"].isin(names)]
    rows = [asked.loc[asked["rule"] == name, "row"].nunique() for name in names] + [asked["row"].nunique()]
    table = pd.DataFrame({"rule": [*names, "any rule"], "rows": rows})
    return table.assign(percent=100 * table["rows"] / max(asked["row"].nunique(), 1))
