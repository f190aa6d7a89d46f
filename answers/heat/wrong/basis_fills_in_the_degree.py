# shows: A missing degree is filled in by the function, silently.
# loses: [check_cross_basis]
# teaches: Your function chose something that the spec left open. Does the reader of the result know it?
# %% cross_basis
def cross_basis(df: pd.DataFrame, column: str, spec: dict) -> pd.DataFrame:
    for part in (spec["argvar"], spec["arglag"]):
        part = {"degree": 2, **part}
        open_choices = {"fun", *MUST_STATE.get(part.get("fun"), [])} - set(part)
        if open_choices:
            raise ValueError(f"{part} leaves a choice to the library: state {sorted(open_choices)}")
    series = df.set_index("date")[column].sort_index()
    basis = dl.crossbasis(series.asfreq("D"), **spec)
    return basis.to_dataframe("cb").loc[series.index]
