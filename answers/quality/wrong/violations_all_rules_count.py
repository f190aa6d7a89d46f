# shows: Rules that were not asked for count in the last line.
# loses: [check_violations]
# teaches: Somebody else's rules are in the last line too. Which rules were asked for?
# %% violations
def violations(failed, names, n_rows):
    asked = failed
    rows = [asked.loc[asked["rule"] == name, "row"].nunique() for name in names] + [asked["row"].nunique()]
    table = pd.DataFrame({"rule": [*names, "any rule"], "rows": rows})
    return table.assign(percent=100 * table["rows"] / n_rows)
