# shows: A spline without a degree gets the library's default, which changes the risk at 33 degrees from 1.31 to 1.98.
# loses: [check_cross_basis]
# teaches: Nobody stated the degree of the spline. Which one did the library take, and who would notice?
# %% cross_basis
def cross_basis(df: pd.DataFrame, column: str, spec: dict) -> pd.DataFrame:
    for part in (spec["argvar"], spec["arglag"]):
        open_choices = {"fun"} - set(part)
        if open_choices:
            raise ValueError(f"{part} leaves a choice to the library: state {sorted(open_choices)}")
    series = df.set_index("date")[column].sort_index()
    basis = dl.crossbasis(series.asfreq("D"), **spec)
    return basis.to_dataframe("cb").loc[series.index]
