# shows: The counts of the event are set to 0, as if nobody had died.
# loses: [check_without_event]
# teaches: What is the number of deaths on the days of the event in your fit?
# %% without_event
def without_event(
    df: pd.DataFrame, spec: dict, events: dict[str, tuple[str, str]], at: float, reference: float
) -> pd.DataFrame:
    df = df.sort_values("date")
    basis, others = cross_basis(df, "temperature", spec), controls(df)
    rows = {}
    for name, days in {"all days": None, **events}.items():
        counts = df["deaths"] if days is None else df["deaths"].mask(df["date"].between(*days), 0)
        fitted = fit_model(counts.set_axis(basis.index), basis, others)
        rows[name] = relative_risk(df["temperature"], spec, *fitted, [at], reference).loc[at]
    return pd.DataFrame(rows).T
