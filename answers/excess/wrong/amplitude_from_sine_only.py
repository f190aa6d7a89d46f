# shows: Only the sine coefficient is taken as the amplitude; the cosine is forgotten.
# loses: [check_harmonic_fit]
# teaches: "The amplitude is taken from one coefficient, and the wave has two. Draw the arrow of the task: how long is it?"
# %% harmonic_fit
def harmonic_fit(df):
    angle = 2 * math.pi * df["date"].dt.day_of_year / 365.25
    waves = sm.add_constant(pd.DataFrame({"sine": np.sin(angle), "cosine": np.cos(angle)}))
    fitted = sm.GLM(df["deaths"], waves, family=sm.families.Poisson()).fit().params
    amplitude = abs(fitted["sine"])
    peak_day = math.atan2(fitted["sine"], fitted["cosine"]) / (2 * math.pi) * 365.25 % 365.25
    return amplitude, peak_day, math.exp(2 * amplitude)
