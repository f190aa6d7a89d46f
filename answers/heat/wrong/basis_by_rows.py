# shows: The cross-basis is made of the rows as they stand, so histories run over the holes.
# loses: [check_cross_basis]
# teaches: The rows after a hole have a full history in your table. Where does it come from?
# %% cross_basis
def cross_basis(df: pd.DataFrame, column: str, spec: dict) -> pd.DataFrame:
    for part in (spec["argvar"], spec["arglag"]):
        open_choices = {"fun", *MUST_STATE.get(part.get("fun"), [])} - set(part)
        if open_choices:
            raise ValueError(f"{part} leaves a choice to the library: state {sorted(open_choices)}")
    series = df.set_index("date")[column].sort_index()
    basis = dl.crossbasis(series, **spec)
    return basis.to_dataframe("cb").loc[series.index]
