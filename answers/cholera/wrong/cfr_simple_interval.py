# shows: The interval is plus and minus 1.96 standard errors.
# loses: [check_cfr]
# teaches: Look at your interval where nobody died. Is it possible that the risk is exactly 0?
# %% cfr
def cfr(cases, deaths):
    total = pd.DataFrame({"cases": cases, "deaths": deaths}).dropna().sum()
    if total["deaths"] > total["cases"]:
        raise ValueError("more deaths than cases")
    if total["cases"] == 0:
        return None

    p = total["deaths"] / total["cases"]
    half = 1.96 * np.sqrt(p * (1 - p) / total["cases"])
    return p, p - half, p + half
