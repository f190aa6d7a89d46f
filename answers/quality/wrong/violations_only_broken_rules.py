# shows: Rules that nobody broke have no line.
# loses: [check_violations]
# teaches: The reader cannot see that you looked for the rules that hold. Where would a zero tell it?
# %% violations
def violations(failed, names, n_rows):
    asked = failed[failed["rule"].isin(names)]
    rows = [asked.loc[asked["rule"] == name, "row"].nunique() for name in names] + [asked["row"].nunique()]
    table = pd.DataFrame({"rule": [*names, "any rule"], "rows": rows})
    table = table[table["rows"] > 0]
    return table.assign(percent=100 * table["rows"] / n_rows)
