# shows: Where no count can be used, p is 0, as if rounding were proved.
# loses: [check_last_digit_test]
# teaches: Nothing was looked at. Is that proof of anything?
# %% last_digit_test
def last_digit_test(counts):
    used = counts[counts >= 10].astype("int64")
    digits = (used % 10).value_counts().reindex(range(10), fill_value=0)
    if used.empty:
        return digits, 0.0
    return digits, float(binom.sf(digits[0] + digits[5] - 1, len(used), 0.2))
