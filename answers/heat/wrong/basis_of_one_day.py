# shows: Only the curve over the temperature of the same day is returned; the lags are forgotten.
# loses: [check_cross_basis, check_without_event]
# teaches: How many columns would two curves give? Yours has those of one.
# %% cross_basis
def cross_basis(df: pd.DataFrame, column: str, spec: dict) -> pd.DataFrame:
    for part in (spec["argvar"], spec["arglag"]):
        open_choices = {"fun", *MUST_STATE.get(part.get("fun"), [])} - set(part)
        if open_choices:
            raise ValueError(f"{part} leaves a choice to the library: state {sorted(open_choices)}")
    series = df.set_index("date")[column].sort_index()
    basis = dl.onebasis(series.asfreq("D"), **spec["argvar"])
    return basis.to_dataframe("cb").loc[series.index]
