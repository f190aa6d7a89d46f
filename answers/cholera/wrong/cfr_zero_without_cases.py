# shows: Without a case the case fatality is given as zero.
# loses: [check_cfr]
# teaches: Nobody was known to be ill. Is the case fatality then 0, or not there?
# %% cfr
def cfr(cases, deaths):
    total = pd.DataFrame({"cases": cases, "deaths": deaths}).dropna().sum()
    if total["deaths"] > total["cases"]:
        raise ValueError("more deaths than cases")
    if total["cases"] == 0:
        return 0.0, 0.0, 0.0
    low, high = proportion_confint(total["deaths"], total["cases"], method="wilson")
    return total["deaths"] / total["cases"], low, high
