# shows: The first digit is counted, and not the last.
# loses: [check_last_digit_test]
# teaches: "First digits are uneven in honest data: 1 comes most often. Which digit does a person choose who rounds?"
# %% last_digit_test
def last_digit_test(counts):
    used = counts[counts >= 10].astype("int64")
    digits = used.astype(str).str[0].astype("int64").value_counts().reindex(range(10), fill_value=0)
    if used.empty:
        return digits, float("nan")
    return digits, float(binom.sf(digits[0] + digits[5] - 1, len(used), 0.2))
