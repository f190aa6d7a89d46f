# shows: One week with more deaths than cases is refused, though the sums are fine.
# loses: [check_cfr]
# teaches: People who fell ill in one week can die in the next. Which comparison does the task ask for, of the weeks or of the sums?
# %% cfr
def cfr(cases, deaths):
    both = pd.DataFrame({"cases": cases, "deaths": deaths}).dropna()
    if (both["deaths"] > both["cases"]).any():
        raise ValueError("more deaths than cases")
    total = both.sum()
    if total["cases"] == 0:
        return None
    low, high = proportion_confint(total["deaths"], total["cases"], method="wilson")
    return total["deaths"] / total["cases"], low, high
