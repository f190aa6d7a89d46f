# shows: The ratio goes from the middle to the peak, exp(amplitude), and not from the trough to the peak.
# loses: [check_harmonic_fit]
# teaches: The ratio goes from the middle of the wave to its peak. Where does the docstring let it begin?
# %% harmonic_fit
def harmonic_fit(df):
    angle = 2 * math.pi * df["date"].dt.day_of_year / 365.25
    waves = sm.add_constant(pd.DataFrame({"sine": np.sin(angle), "cosine": np.cos(angle)}))
    fitted = sm.GLM(df["deaths"], waves, family=sm.families.Poisson()).fit().params
    amplitude = math.hypot(fitted["sine"], fitted["cosine"])
    peak_day = math.atan2(fitted["sine"], fitted["cosine"]) / (2 * math.pi) * 365.25 % 365.25
    return amplitude, peak_day, math.exp(amplitude)
