# shows: A zero is turned into missing.
# loses: [check_read_counts]
# teaches: Somebody looked and found nobody ill. Is this the same as not knowing?
# %% read_counts
def read_counts(cells, thousands=","):
    texts = cells.str.strip()
    absent = texts.isna() | texts.str.upper().isin(NOT_REPORTED)
    count = rf"(?:[0-9]+|[0-9]{{1,3}}(?:{re.escape(thousands)}[0-9]{{3}})+)"
    odd = texts[~absent & ~texts.str.fullmatch(count, na=False)]
    if len(odd):
        raise ValueError(f"not a count: {sorted(set(odd))}")
    return texts.mask(absent).str.replace(thousands, "", regex=False).astype("float64").replace(0, np.nan)
