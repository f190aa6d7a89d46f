# shows: The mark is always a comma, whatever the caller says.
# loses: [check_read_counts]
# teaches: In many places a full stop or a blank parts the thousands. Where does the caller say so?
# %% read_counts
def read_counts(cells, thousands=","):
    texts = cells.str.strip()
    absent = texts.isna() | texts.str.upper().isin(NOT_REPORTED)
    count = rf"(?:[0-9]+|[0-9]{{1,3}}(?:,[0-9]{{3}})+)"
    odd = texts[~absent & ~texts.str.fullmatch(count, na=False)]
    if len(odd):
        raise ValueError(f"not a count: {sorted(set(odd))}")
    return texts.mask(absent).str.replace(",", "", regex=False).astype("float64")
