# shows: The peak is left as an angle in radians and not turned into a day of the year.
# loses: [check_harmonic_fit]
# teaches: The peak is still an angle. How many days is one full turn?
# %% harmonic_fit
def harmonic_fit(df):
    angle = 2 * math.pi * df["date"].dt.day_of_year / 365.25
    waves = sm.add_constant(pd.DataFrame({"sine": np.sin(angle), "cosine": np.cos(angle)}))
    fitted = sm.GLM(df["deaths"], waves, family=sm.families.Poisson()).fit().params
    amplitude = math.hypot(fitted["sine"], fitted["cosine"])
    peak_day = math.atan2(fitted["sine"], fitted["cosine"])
    return amplitude, peak_day, math.exp(2 * amplitude)
