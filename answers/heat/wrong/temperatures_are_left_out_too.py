# shows: The temperatures of the event are made missing, too.
# loses: [check_without_event]
# teaches: The days after a hot week have a history. Is it still there in your model?
# %% without_event
def without_event(
    df: pd.DataFrame, spec: dict, events: dict[str, tuple[str, str]], at: float, reference: float
) -> pd.DataFrame:
    df = df.sort_values("date")
    others = controls(df)
    rows = {}
    for name, days in {"all days": None, **events}.items():
        counts = df["deaths"] if days is None else df["deaths"].mask(df["date"].between(*days))
        warm = df if days is None else df.assign(temperature=df["temperature"].mask(df["date"].between(*days)))
        basis = cross_basis(warm, "temperature", spec)
        fitted = fit_model(counts.set_axis(basis.index), basis, others)
        rows[name] = relative_risk(df["temperature"], spec, *fitted, [at], reference).loc[at]
    return pd.DataFrame(rows).T
