# shows: The interval is one for 90 %.
# loses: [check_cfr]
# teaches: How much of the time should the interval hold the true share? Look at alpha.
# %% cfr
def cfr(cases, deaths):
    total = pd.DataFrame({"cases": cases, "deaths": deaths}).dropna().sum()
    if total["deaths"] > total["cases"]:
        raise ValueError("more deaths than cases")
    if total["cases"] == 0:
        return None

    low, high = proportion_confint(total["deaths"], total["cases"], alpha=0.1, method="wilson")
    return total["deaths"] / total["cases"], low, high
