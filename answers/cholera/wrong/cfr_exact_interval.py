# shows: The interval is that of Clopper and Pearson.
# loses: [check_cfr]
# teaches: There are several intervals for a share. Which one does the task name?
# %% cfr
def cfr(cases, deaths):
    total = pd.DataFrame({"cases": cases, "deaths": deaths}).dropna().sum()
    if total["deaths"] > total["cases"]:
        raise ValueError("more deaths than cases")
    if total["cases"] == 0:
        return None

    low, high = proportion_confint(total["deaths"], total["cases"], method="beta")
    return total["deaths"] / total["cases"], low, high
