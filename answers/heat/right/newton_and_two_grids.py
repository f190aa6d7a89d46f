# shows: Days with a gap are dropped by hand and Newton's method fits the model, with the columns in another order; the search by a fine grid around a coarse one; rows are dropped after the basis was made.
# %% fit_model
def fit_model(deaths, basis, others):
    design = pd.concat([others, basis], axis=1)
    design.insert(0, "one", 1.0)
    whole = deaths.notna() & design.notna().all(axis=1)
    model = sm.GLM(deaths[whole].astype(float), design[whole], family=sm.families.Poisson(sm.families.links.Log()))
    fitted = model.fit(method="newton")
    dispersion = fitted.pearson_chi2 / fitted.df_resid
    inner = list(basis)
    return fitted.params[inner], dispersion * fitted.cov_params().loc[inner, inner]
# %% lowest_risk
def lowest_risk(exposure, spec, coefficients, percentiles=(1, 99)):
    low = np.nanpercentile(exposure, percentiles[0])
    high = np.nanpercentile(exposure, percentiles[1])
    covariance = pd.DataFrame(0.0, index=coefficients.index, columns=coefficients.index)

    def risk(at):
        return relative_risk(exposure, spec, coefficients, covariance, at, low)["rr"]

    coarse = risk(list(np.linspace(low, high, 200))).idxmin()
    step = (high - low) / 199
    near = risk(list(np.linspace(max(low, coarse - step), min(high, coarse + step), 101))).idxmin()
    return None if near in (low, high) else near
# %% without_event
def without_event(df, spec, events, at, reference):
    ordered = df.sort_values("date").set_index("date")
    basis, others = cross_basis(df, "temperature", spec), controls(df)

    def row(first=None, last=None):
        counts = ordered["deaths"].astype(float)
        if first:
            counts = counts[(counts.index < first) | (counts.index > last)].reindex(basis.index)
        return relative_risk(ordered["temperature"], spec, *fit_model(counts, basis, others), [at], reference).iloc[0]

    rows = [row()] + [row(*days) for days in events.values()]
    return pd.DataFrame(rows, index=["all days"] + list(events))
