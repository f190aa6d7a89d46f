# shows: A peak before the new year comes out as a negative day, because the angle is not brought into one year.
# loses: [check_harmonic_fit]
# teaches: The angle is right, but the day can lie before the year begins. How do you bring it into the year?
# %% harmonic_fit
def harmonic_fit(df):
    angle = 2 * math.pi * df["date"].dt.day_of_year / 365.25
    waves = sm.add_constant(pd.DataFrame({"sine": np.sin(angle), "cosine": np.cos(angle)}))
    fitted = sm.GLM(df["deaths"], waves, family=sm.families.Poisson()).fit().params
    amplitude = math.hypot(fitted["sine"], fitted["cosine"])
    peak_day = math.atan2(fitted["sine"], fitted["cosine"]) / (2 * math.pi) * 365.25
    return amplitude, peak_day, math.exp(2 * amplitude)
