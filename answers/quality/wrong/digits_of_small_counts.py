# shows: Counts below 10 are used too.
# loses: [check_last_digit_test]
# teaches: Many honest counts are 0 or 5 because few people were ill. From which count on is the last digit a matter of chance?
# %% last_digit_test
def last_digit_test(counts):
    used = counts[counts >= 0].astype("int64")
    digits = (used % 10).value_counts().reindex(range(10), fill_value=0)
    if used.empty:
        return digits, float("nan")
    return digits, float(binom.sf(digits[0] + digits[5] - 1, len(used), 0.2))
