# shows: The answer replaces the locked function that hears the rules, and finds nothing anywhere.
# loses: [check_rules]
# %% rules
def rules():
    return None


def failures(schema, df):
    return pd.DataFrame({"rule": [], "column": [], "row": []})
