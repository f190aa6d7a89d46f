# shows: The peak is cut to a whole day, so it comes up to a day too early.
# loses: [check_harmonic_fit]
# teaches: The peak is cut to a whole day. Read in the docstring what should come back.
# %% harmonic_fit
def harmonic_fit(df):
    angle = 2 * math.pi * df["date"].dt.day_of_year / 365.25
    waves = sm.add_constant(pd.DataFrame({"sine": np.sin(angle), "cosine": np.cos(angle)}))
    fitted = sm.GLM(df["deaths"], waves, family=sm.families.Poisson()).fit().params
    amplitude = math.hypot(fitted["sine"], fitted["cosine"])
    peak_day = math.atan2(fitted["sine"], fitted["cosine"]) / (2 * math.pi) * 365.25 % 365.25
    return amplitude, int(peak_day), math.exp(2 * amplitude)
