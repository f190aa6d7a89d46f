# shows: The rows of the event are dropped, so the days after it have no history, or a wrong one.
# loses: [check_without_event]
# teaches: "Three days after the event: which temperatures does your model see before them?"
# %% without_event
def without_event(
    df: pd.DataFrame, spec: dict, events: dict[str, tuple[str, str]], at: float, reference: float
) -> pd.DataFrame:
    df = df.sort_values("date")
    rows = {}
    for name, days in {"all days": None, **events}.items():
        kept = df if days is None else df[~df["date"].between(*days)]
        basis, others = cross_basis(kept, "temperature", spec), controls(kept)
        fitted = fit_model(kept.set_index("date")["deaths"], basis, others)
        rows[name] = relative_risk(df["temperature"], spec, *fitted, [at], reference).loc[at]
    return pd.DataFrame(rows).T
