# shows: The last character of the text is taken, which is 0 for every float.
# loses: [check_last_digit_test]
# teaches: Look at how 131.0 is written. What is its last character?
# %% last_digit_test
def last_digit_test(counts):
    used = counts[counts >= 10].astype("int64")
    digits = counts[counts >= 10].astype(float).astype(str).str[-1].astype("int64").value_counts().reindex(range(10), fill_value=0)
    if used.empty:
        return digits, float("nan")
    return digits, float(binom.sf(digits[0] + digits[5] - 1, len(used), 0.2))
