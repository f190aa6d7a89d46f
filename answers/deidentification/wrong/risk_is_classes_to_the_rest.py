# shows: The classes are divided by the people who are not the first of their class.
# loses: [check_average_risk]
# teaches: "What is divided by what? Each of the people of the list has a chance: divide by all of them."
# %% average_risk
def average_risk(df, qi):
    if df.empty:
        raise ValueError("no rows")
    classes = len(equivalence_classes(df, qi))
    return classes / max(len(df) - classes, 1)
