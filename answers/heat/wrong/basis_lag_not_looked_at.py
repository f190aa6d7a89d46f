# shows: Only the curve over the temperature is checked; the one over the lag may leave its knots open.
# loses: [check_cross_basis]
# teaches: A cross-basis has two curves. Do you look at both before you use them?
# %% cross_basis
def cross_basis(df: pd.DataFrame, column: str, spec: dict) -> pd.DataFrame:
    for part in (spec["argvar"],):
        open_choices = {"fun", *MUST_STATE.get(part.get("fun"), [])} - set(part)
        if open_choices:
            raise ValueError(f"{part} leaves a choice to the library: state {sorted(open_choices)}")
    series = df.set_index("date")[column].sort_index()
    basis = dl.crossbasis(series.asfreq("D"), **spec)
    return basis.to_dataframe("cb").loc[series.index]
