# shows: The statsmodels formula interface for the season, a merge on month and day for the excess, and the interval from scratch.
# %% harmonic_fit
import statsmodels.formula.api as smf


def harmonic_fit(df):
    d = pd.DataFrame({"deaths": df["deaths"].astype("float64"), "t": df["date"].dt.day_of_year / 365.25})
    model = smf.poisson("deaths ~ np.cos(2 * np.pi * t) + np.sin(2 * np.pi * t)", data=d).fit(disp=0)
    _, b, a = model.params
    z = complex(b, a)
    return abs(z), float(np.angle(z) % (2 * np.pi) / (2 * np.pi) * 365.25), np.exp(abs(z)) / np.exp(-abs(z))
# %% baseline
def baseline(df, years):
    if len(years) == 0:
        raise ValueError("no years")
    d = df[["date", "deaths"]].copy()
    d["year"] = d["date"].dt.year
    d["month"] = d["date"].dt.month
    d["day"] = d["date"].dt.day
    for year in years:
        if not (d["year"] == year).any():
            raise ValueError(f"no data in {year}")
    wide = d[d["year"].isin(years)].pivot_table(index=["month", "day"], columns="year", values="deaths")
    return wide.mean(axis=1).astype("float32").astype("float64")
# %% excess
def excess(df, start, end, years):
    days = pd.DataFrame({"date": pd.date_range(start, end)})
    days = days.merge(df[["date", "deaths"]], on="date", how="left")
    days["month"], days["day"] = days["date"].dt.month, days["date"].dt.day
    if days["date"].dt.year.isin(years).any():
        raise ValueError("the baseline must not contain the event")
    usual = baseline(df, years).rename("usual").reset_index()
    days = days.merge(usual, on=["month", "day"], how="left")
    leap = (days["month"] == 2) & (days["day"] == 29) & days["usual"].isna()
    around = usual[((usual["month"] == 2) & (usual["day"] == 28)) | ((usual["month"] == 3) & (usual["day"] == 1))]
    days.loc[leap, "usual"] = around["usual"].mean()
    if days[["deaths", "usual"]].isna().any(axis=None):
        raise ValueError("missing days")
    return (days["deaths"] - days["usual"]).sum()
# %% excess_interval
def excess_interval(df, start, end, years):
    window = pd.date_range(start, end)
    observed = df.set_index("date")["deaths"].reindex(window).sum()
    expected = observed - excess(df, start, end, years)
    z = 1.959963984540054
    se = np.sqrt(observed + expected / len(set(years)))
    return observed - expected - z * se, observed - expected + z * se
# %% undercount
def undercount(excess, share_registered):
    if share_registered <= 0 or share_registered > 1:
        raise ValueError("share_registered must be in (0, 1]")
    return excess * (1 / share_registered)
