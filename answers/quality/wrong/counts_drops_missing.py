# shows: Missing cells are dropped, so that the result is shorter than the column.
# loses: [check_read_counts]
# teaches: The result is shorter than what was given. Which places are gone?
# %% read_counts
def read_counts(cells, thousands=","):
    texts = cells.str.strip()
    absent = texts.isna() | texts.str.upper().isin(NOT_REPORTED)
    count = rf"(?:[0-9]+|[0-9]{{1,3}}(?:{re.escape(thousands)}[0-9]{{3}})+)"
    odd = texts[~absent & ~texts.str.fullmatch(count, na=False)]
    if len(odd):
        raise ValueError(f"not a count: {sorted(set(odd))}")
    return texts.mask(absent).str.replace(thousands, "", regex=False).astype("float64").dropna()
