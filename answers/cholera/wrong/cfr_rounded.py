# shows: The shares are rounded to two digits.
# loses: [check_cfr]
# teaches: Rounding belongs to the sentence, not to the function. How many digits does yours keep?
# %% cfr
def cfr(cases, deaths):
    total = pd.DataFrame({"cases": cases, "deaths": deaths}).dropna().sum()
    if total["deaths"] > total["cases"]:
        raise ValueError("more deaths than cases")
    if total["cases"] == 0:
        return None

    low, high = proportion_confint(total["deaths"], total["cases"], method="wilson")
    return round(total["deaths"] / total["cases"], 2), round(low, 2), round(high, 2)
