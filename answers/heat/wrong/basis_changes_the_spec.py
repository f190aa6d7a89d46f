# shows: The spec that was given is changed on the way, so the next fit has another one.
# loses: [check_cross_basis]
# teaches: Look at the spec after your function has run.
# %% cross_basis
def cross_basis(df: pd.DataFrame, column: str, spec: dict) -> pd.DataFrame:
    for part in (spec["argvar"], spec["arglag"]):
        part.setdefault("cen", None)
        open_choices = {"fun", *MUST_STATE.get(part.get("fun"), [])} - set(part)
        if open_choices:
            raise ValueError(f"{part} leaves a choice to the library: state {sorted(open_choices)}")
    series = df.set_index("date")[column].sort_index()
    basis = dl.crossbasis(series.asfreq("D"), **spec)
    return basis.to_dataframe("cb").loc[series.index]
