# shows: Cases are divided by deaths.
# loses: [check_cfr]
# teaches: Your number is far above 1. Which of the two is above the line?
# %% cfr
def cfr(cases, deaths):
    total = pd.DataFrame({"cases": cases, "deaths": deaths}).dropna().sum()
    if total["deaths"] > total["cases"]:
        raise ValueError("more deaths than cases")
    if total["cases"] == 0:
        return None

    low, high = proportion_confint(total["deaths"], total["cases"], method="wilson")
    return total["cases"] / total["deaths"], 1 / high, 1 / low
