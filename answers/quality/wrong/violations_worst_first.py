# shows: The lines are sorted by the number of rows.
# loses: [check_violations]
# teaches: In which order did the caller name the rules?
# %% violations
def violations(failed, names, n_rows):
    asked = failed[failed["rule"].isin(names)]
    rows = [asked.loc[asked["rule"] == name, "row"].nunique() for name in names] + [asked["row"].nunique()]
    table = pd.DataFrame({"rule": [*names, "any rule"], "rows": rows})
    table = table.sort_values("rows", ascending=False)
    return table.assign(percent=100 * table["rows"] / n_rows)
