# shows: p is two-sided, so that too few 0 and 5 count as well.
# loses: [check_last_digit_test]
# teaches: Only one of the two directions speaks of rounding. Which?
# %% last_digit_test
def last_digit_test(counts):
    from scipy.stats import binomtest

    used = counts[counts >= 10].astype("int64")
    digits = (used % 10).value_counts().reindex(range(10), fill_value=0)
    if used.empty:
        return digits, float("nan")
    return digits, float(binomtest(int(digits[0] + digits[5]), len(used), 0.2).pvalue)
