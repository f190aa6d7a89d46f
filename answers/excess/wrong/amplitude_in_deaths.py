# shows: "A linear model in place of a Poisson one: the amplitude is in deaths per day, not on the log scale."
# loses: [check_harmonic_fit]
# teaches: The wave is counted in deaths per day. On which scale does the task want it, and which model works on this scale?
# %% harmonic_fit
def harmonic_fit(df):
    angle = 2 * math.pi * df["date"].dt.day_of_year / 365.25
    waves = sm.add_constant(pd.DataFrame({"sine": np.sin(angle), "cosine": np.cos(angle)}))
    fitted = sm.GLM(df["deaths"], waves, family=sm.families.Gaussian()).fit().params
    amplitude = math.hypot(fitted["sine"], fitted["cosine"])
    peak_day = math.atan2(fitted["sine"], fitted["cosine"]) / (2 * math.pi) * 365.25 % 365.25
    return amplitude, peak_day, math.exp(2 * amplitude)
