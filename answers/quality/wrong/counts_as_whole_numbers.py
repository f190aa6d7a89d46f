# shows: Missing is written as -1 so that the numbers can be integers.
# loses: [check_read_counts]
# teaches: A number now stands for what is missing, and every sum will count it. What should stand there?
# %% read_counts
def read_counts(cells, thousands=","):
    texts = cells.str.strip()
    absent = texts.isna() | texts.str.upper().isin(NOT_REPORTED)
    count = rf"(?:[0-9]+|[0-9]{{1,3}}(?:{re.escape(thousands)}[0-9]{{3}})+)"
    odd = texts[~absent & ~texts.str.fullmatch(count, na=False)]
    if len(odd):
        raise ValueError(f"not a count: {sorted(set(odd))}")
    return texts.mask(absent).str.replace(thousands, "", regex=False).astype("float64").fillna(-1)
