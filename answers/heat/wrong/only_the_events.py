# shows: The fit with all days is missing, so nobody can compare.
# loses: [check_without_event]
# teaches: With what should the reader compare the fit without the event?
# %% without_event
def without_event(
    df: pd.DataFrame, spec: dict, events: dict[str, tuple[str, str]], at: float, reference: float
) -> pd.DataFrame:
    df = df.sort_values("date")
    basis, others = cross_basis(df, "temperature", spec), controls(df)
    rows = {}
    for name, days in events.items():
        counts = df["deaths"] if days is None else df["deaths"].mask(df["date"].between(*days))
        fitted = fit_model(counts.set_axis(basis.index), basis, others)
        rows[name] = relative_risk(df["temperature"], spec, *fitted, [at], reference).loc[at]
    return pd.DataFrame(rows).T
