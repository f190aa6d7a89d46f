# shows: p is the probability of more counts ending in 0 or 5, without the number found.
# loses: [check_last_digit_test]
# teaches: "At least as many: does your probability contain the number that was found?"
# %% last_digit_test
def last_digit_test(counts):
    used = counts[counts >= 10].astype("int64")
    digits = (used % 10).value_counts().reindex(range(10), fill_value=0)
    if used.empty:
        return digits, float("nan")
    return digits, float(binom.sf(digits[0] + digits[5], len(used), 0.2))
