# shows: All but the digits is thrown away, so that 12.5 becomes 125.
# loses: [check_read_counts]
# teaches: Signs that mean something are thrown away with the rest. What becomes of 12.5 and of -3?
# %% read_counts
def read_counts(cells, thousands=","):
    texts = cells.str.strip()
    absent = texts.isna() | texts.str.upper().isin(NOT_REPORTED)
    digits = texts.mask(absent).str.replace(r"[^0-9]", "", regex=True)
    if (digits == "").any():
        raise ValueError("no digits")
    return digits.astype("float64")
