# shows: "A linear model of log(deaths + 1) in place of a Poisson model: nearly right for a city, wrong where few people die on a day."
# loses: [check_harmonic_fit]
# teaches: The log of the counts is taken before the model, which comes close in a large city. What does this do where few people die on a day, and which model does the docstring name?
# %% harmonic_fit
def harmonic_fit(df):
    angle = 2 * math.pi * df["date"].dt.day_of_year / 365.25
    waves = sm.add_constant(pd.DataFrame({"sine": np.sin(angle), "cosine": np.cos(angle)}))
    fitted = sm.GLM(np.log(df["deaths"] + 1), waves).fit().params
    amplitude = math.hypot(fitted["sine"], fitted["cosine"])
    peak_day = math.atan2(fitted["sine"], fitted["cosine"]) / (2 * math.pi) * 365.25 % 365.25
    return amplitude, peak_day, math.exp(2 * amplitude)
