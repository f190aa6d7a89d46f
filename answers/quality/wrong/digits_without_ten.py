# shows: The count 10 itself is left out.
# loses: [check_last_digit_test]
# teaches: From which count on are counts used, and does it belong to them?
# %% last_digit_test
def last_digit_test(counts):
    used = counts[counts > 10].astype("int64")
    digits = (used % 10).value_counts().reindex(range(10), fill_value=0)
    if used.empty:
        return digits, float("nan")
    return digits, float(binom.sf(digits[0] + digits[5] - 1, len(used), 0.2))
