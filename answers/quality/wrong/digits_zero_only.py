# shows: p looks at the digit 0 only, with probability 1/10.
# loses: [check_last_digit_test]
# teaches: People round to tens, and also to fives. Which digits count?
# %% last_digit_test
def last_digit_test(counts):
    used = counts[counts >= 10].astype("int64")
    digits = (used % 10).value_counts().reindex(range(10), fill_value=0)
    if used.empty:
        return digits, float("nan")
    return digits, float(binom.sf(digits[0] - 1, len(used), 0.1))
