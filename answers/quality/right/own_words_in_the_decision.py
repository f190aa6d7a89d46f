# shows: The functions of the reference, and a decision that rejects India and repairs Nigeria with the source named.
# %% read_counts
def read_counts(cells, thousands=","):
    clean = cells.fillna("").str.strip()
    clean = clean.where(~clean.str.upper().isin(NOT_REPORTED), "")
    groups = clean.str.split(thousands, regex=False)
    digits = clean.str.replace(thousands, "", regex=False)
    shape = groups.map(lambda parts: len(parts) == 1 or (1 <= len(parts[0]) <= 3 and all(len(p) == 3 for p in parts[1:])))
    fine = (clean == "") | (shape & digits.str.fullmatch("[0-9]+"))
    if not fine.all():
        raise ValueError(list(clean[~fine]))
    return pd.to_numeric(digits.where(digits != "")).astype("float64")
# %% [markdown] dashboard_decision
# Show number 6. Do not show 1, 2, 3 and 4. Number 5 can be shown as 10,353 with "source: WHO", because ours is twice as large.
#
# Kenya has no number in this table, so the 0 is wrong. In India one state did not report, so the sum is too small by an amount that
# nobody knows. I would ask the statistics office which number is official, and show "no data" until they answer.
