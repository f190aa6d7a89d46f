# shows: The mean of 1/size is taken over the classes, so a class of one counts as much as a class of a thousand.
# loses: [check_average_risk]
# teaches: "This is a mean over the classes. Take it over the people: a large class has many of them."
# %% average_risk
def average_risk(df, qi):
    if df.empty:
        raise ValueError("no rows")
    return float((1 / equivalence_classes(df, qi)["rows"]).mean())
