# shows: What was not reported becomes zero.
# loses: [check_read_counts]
# teaches: A state that sent no number is counted as a state without patients. What do you know about it?
# %% read_counts
def read_counts(cells, thousands=","):
    texts = cells.str.strip()
    absent = texts.isna() | texts.str.upper().isin(NOT_REPORTED)
    count = rf"(?:[0-9]+|[0-9]{{1,3}}(?:{re.escape(thousands)}[0-9]{{3}})+)"
    odd = texts[~absent & ~texts.str.fullmatch(count, na=False)]
    if len(odd):
        raise ValueError(f"not a count: {sorted(set(odd))}")
    return texts.mask(absent).str.replace(thousands, "", regex=False).astype("float64").fillna(0)
