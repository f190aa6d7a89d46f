# shows: Everything that cannot be read becomes missing, without a word.
# loses: [check_read_counts]
# teaches: A text that nobody understands has gone without a trace. Who will look at it now?
# %% read_counts
def read_counts(cells, thousands=","):
    texts = cells.str.strip().str.replace(thousands, "", regex=False)
    return pd.to_numeric(texts, errors="coerce").astype("float64")
