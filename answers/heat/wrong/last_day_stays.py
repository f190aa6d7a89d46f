# shows: The last day of the event is not left out.
# loses: [check_without_event]
# teaches: Count the days that are missing in your fit, the first and the last one too.
# %% without_event
def without_event(
    df: pd.DataFrame, spec: dict, events: dict[str, tuple[str, str]], at: float, reference: float
) -> pd.DataFrame:
    df = df.sort_values("date")
    basis, others = cross_basis(df, "temperature", spec), controls(df)
    rows = {}
    for name, days in {"all days": None, **events}.items():
        counts = df["deaths"] if days is None else df["deaths"].mask(df["date"].between(*days, inclusive="left"))
        fitted = fit_model(counts.set_axis(basis.index), basis, others)
        rows[name] = relative_risk(df["temperature"], spec, *fitted, [at], reference).loc[at]
    return pd.DataFrame(rows).T
