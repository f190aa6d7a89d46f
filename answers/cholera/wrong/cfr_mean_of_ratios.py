# shows: The case fatality is the mean of the weekly ratios.
# loses: [check_cfr]
# teaches: A week with two patients weighs as much as one with two thousand. Add up first, then divide.
# %% cfr
def cfr(cases, deaths):
    both = pd.DataFrame({"cases": cases, "deaths": deaths}).dropna()
    total = both.sum()
    if total["deaths"] > total["cases"]:
        raise ValueError("more deaths than cases")
    if total["cases"] == 0:
        return None

    low, high = proportion_confint(total["deaths"], total["cases"], method="wilson")
    return (both["deaths"] / both["cases"]).mean(), low, high
