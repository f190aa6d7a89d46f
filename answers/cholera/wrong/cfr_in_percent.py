# shows: The result is in percent.
# loses: [check_cfr]
# teaches: Is your case fatality a share from 0 to 1?
# %% cfr
def cfr(cases, deaths):
    total = pd.DataFrame({"cases": cases, "deaths": deaths}).dropna().sum()
    if total["deaths"] > total["cases"]:
        raise ValueError("more deaths than cases")
    if total["cases"] == 0:
        return None

    low, high = proportion_confint(total["deaths"], total["cases"], method="wilson")
    return 100 * total["deaths"] / total["cases"], 100 * low, 100 * high
