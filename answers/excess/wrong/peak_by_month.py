# shows: Months are used as the time, so the peak is put at the middle of a month and not at a day.
# loses: [check_harmonic_fit]
# teaches: The time is counted in months, so all days of a month are the same for the model. Which time does the task use?
# %% harmonic_fit
def harmonic_fit(df):
    angle = 2 * math.pi * df["date"].dt.month / 12
    waves = sm.add_constant(pd.DataFrame({"sine": np.sin(angle), "cosine": np.cos(angle)}))
    fitted = sm.GLM(df["deaths"], waves, family=sm.families.Poisson()).fit().params
    amplitude = math.hypot(fitted["sine"], fitted["cosine"])
    peak_day = math.atan2(fitted["sine"], fitted["cosine"]) / (2 * math.pi) * 365.25 % 365.25
    return amplitude, peak_day, math.exp(2 * amplitude)
