# shows: Each count is expected to end in 0 or 5 with probability 1/10.
# loses: [check_last_digit_test]
# teaches: There are ten digits, and you ask for two of them. What probability do they have together?
# %% last_digit_test
def last_digit_test(counts):
    used = counts[counts >= 10].astype("int64")
    digits = (used % 10).value_counts().reindex(range(10), fill_value=0)
    if used.empty:
        return digits, float("nan")
    return digits, float(binom.sf(digits[0] + digits[5] - 1, len(used), 0.1))
