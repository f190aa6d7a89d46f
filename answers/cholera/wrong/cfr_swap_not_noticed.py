# shows: More deaths than cases are cut down to the number of cases.
# loses: [check_cfr]
# teaches: More people died than fell ill, and your function mends it in silence. What should it do?
# %% cfr
def cfr(cases, deaths):
    total = pd.DataFrame({"cases": cases, "deaths": deaths}).dropna().sum()
    if total["cases"] == 0:
        return None
    dead = min(total["deaths"], total["cases"])
    low, high = proportion_confint(dead, total["cases"], method="wilson")
    return dead / total["cases"], low, high
