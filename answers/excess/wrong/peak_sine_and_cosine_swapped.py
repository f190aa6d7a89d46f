# shows: atan2 gets the cosine first, so the peak is counted from the wrong season.
# loses: [check_harmonic_fit]
# teaches: "Sine and cosine have changed places where the peak is worked out. Draw the arrow of the task: where does it point?"
# %% harmonic_fit
def harmonic_fit(df):
    angle = 2 * math.pi * df["date"].dt.day_of_year / 365.25
    waves = sm.add_constant(pd.DataFrame({"sine": np.sin(angle), "cosine": np.cos(angle)}))
    fitted = sm.GLM(df["deaths"], waves, family=sm.families.Poisson()).fit().params
    amplitude = math.hypot(fitted["sine"], fitted["cosine"])
    peak_day = math.atan2(fitted["cosine"], fitted["sine"]) / (2 * math.pi) * 365.25 % 365.25
    return amplitude, peak_day, math.exp(2 * amplitude)
