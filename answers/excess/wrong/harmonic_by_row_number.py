# shows: "The row number stands for the day of the year: right only while the rows are in order and start on 1 January."
# loses: [check_harmonic_fit]
# teaches: The number of the row stands for the day of the year. When are these two not the same?
# %% harmonic_fit
def harmonic_fit(df):
    angle = 2 * math.pi * pd.Series(range(1, len(df) + 1), index=df.index) / 365.25
    waves = sm.add_constant(pd.DataFrame({"sine": np.sin(angle), "cosine": np.cos(angle)}))
    fitted = sm.GLM(df["deaths"], waves, family=sm.families.Poisson()).fit().params
    amplitude = math.hypot(fitted["sine"], fitted["cosine"])
    peak_day = math.atan2(fitted["sine"], fitted["cosine"]) / (2 * math.pi) * 365.25 % 365.25
    return amplitude, peak_day, math.exp(2 * amplitude)
