# shows: The interval takes the number of weeks for the number of patients.
# loses: [check_cfr]
# teaches: How many people is your interval about? Its number of trials looks like the number of weeks.
# %% cfr
def cfr(cases, deaths):
    both = pd.DataFrame({"cases": cases, "deaths": deaths}).dropna()
    total = both.sum()
    if total["deaths"] > total["cases"]:
        raise ValueError("more deaths than cases")
    if total["cases"] == 0:
        return None

    p = total["deaths"] / total["cases"]
    low, high = proportion_confint(p * len(both), len(both), method="wilson")
    return p, low, high
