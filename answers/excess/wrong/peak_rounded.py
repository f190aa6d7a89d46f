# shows: The peak is rounded to a whole day, and the year is taken to have 365 days.
# loses: [check_harmonic_fit]
# teaches: The peak is rounded to a whole day. Read in the docstring what should come back, and how long a year is there.
# %% harmonic_fit
def harmonic_fit(df):
    angle = 2 * math.pi * df["date"].dt.day_of_year / 365.25
    waves = sm.add_constant(pd.DataFrame({"sine": np.sin(angle), "cosine": np.cos(angle)}))
    fitted = sm.GLM(df["deaths"], waves, family=sm.families.Poisson()).fit().params
    amplitude = math.hypot(fitted["sine"], fitted["cosine"])
    peak_day = math.atan2(fitted["sine"], fitted["cosine"]) / (2 * math.pi) * 365 % 365
    return amplitude, round(peak_day), math.exp(2 * amplitude)
