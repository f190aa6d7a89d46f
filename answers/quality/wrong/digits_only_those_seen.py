# shows: Digits that never come are not listed.
# loses: [check_last_digit_test]
# teaches: A digit that never comes is the finding. Where does the reader see its 0?
# %% last_digit_test
def last_digit_test(counts):
    used = counts[counts >= 10].astype("int64")
    digits = (used % 10).value_counts().sort_index()
    if used.empty:
        return digits, float("nan")
    return digits, float(binom.sf(digits.get(0, 0) + digits.get(5, 0) - 1, len(used), 0.2))
