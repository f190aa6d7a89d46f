# shows: Each sum takes all its own weeks, so cases without a count of deaths stay in.
# loses: [check_cfr]
# teaches: Cases of a week without a count of deaths are in your sum. As if nobody had died there?
# %% cfr
def cfr(cases, deaths):
    total = {"cases": cases.sum(), "deaths": deaths.sum()}
    if total["deaths"] > total["cases"]:
        raise ValueError("more deaths than cases")
    if total["cases"] == 0:
        return None
    low, high = proportion_confint(total["deaths"], total["cases"], method="wilson")
    return total["deaths"] / total["cases"], low, high
