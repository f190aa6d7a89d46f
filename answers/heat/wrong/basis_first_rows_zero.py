# shows: The rows without a full history are filled with 0, as if it had been mild.
# loses: [check_cross_basis]
# teaches: A row without a full history says 0 in all its columns. What does the model make of that?
# %% cross_basis
def cross_basis(df: pd.DataFrame, column: str, spec: dict) -> pd.DataFrame:
    for part in (spec["argvar"], spec["arglag"]):
        open_choices = {"fun", *MUST_STATE.get(part.get("fun"), [])} - set(part)
        if open_choices:
            raise ValueError(f"{part} leaves a choice to the library: state {sorted(open_choices)}")
    series = df.set_index("date")[column].sort_index()
    basis = dl.crossbasis(series.asfreq("D"), **spec)
    return basis.to_dataframe("cb").loc[series.index].fillna(0)
