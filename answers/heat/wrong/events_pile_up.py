# shows: Each event is left out on top of the ones before.
# loses: [check_without_event]
# teaches: Which days are missing in the fit of your last row?
# %% without_event
def without_event(
    df: pd.DataFrame, spec: dict, events: dict[str, tuple[str, str]], at: float, reference: float
) -> pd.DataFrame:
    df = df.sort_values("date")
    basis, others = cross_basis(df, "temperature", spec), controls(df)
    rows = {}
    counts = df["deaths"]
    for name, days in {"all days": None, **events}.items():
        counts = counts if days is None else counts.mask(df["date"].between(*days))
        fitted = fit_model(counts.set_axis(basis.index), basis, others)
        rows[name] = relative_risk(df["temperature"], spec, *fitted, [at], reference).loc[at]
    return pd.DataFrame(rows).T
