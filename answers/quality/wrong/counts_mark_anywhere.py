# shows: "The mark is taken out wherever it stands: 1,03 becomes 103."
# loses: [check_read_counts]
# teaches: The mark is accepted at places where no thousands end. How many digits come after each?
# %% read_counts
def read_counts(cells, thousands=","):
    texts = cells.str.strip()
    absent = texts.isna() | texts.str.upper().isin(NOT_REPORTED)
    digits = texts.mask(absent).str.replace(thousands, "", regex=False)
    if not digits.dropna().str.fullmatch("[0-9]+").all():
        raise ValueError("not a count")
    return digits.astype("float64")
