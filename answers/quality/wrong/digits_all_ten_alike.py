# shows: p asks whether all ten digits are equally frequent.
# loses: [check_last_digit_test]
# teaches: Digits can be uneven without anybody rounding. Which two digits does the question name?
# %% last_digit_test
def last_digit_test(counts):
    from scipy.stats import chisquare

    used = counts[counts >= 10].astype("int64")
    digits = (used % 10).value_counts().reindex(range(10), fill_value=0)
    if used.empty:
        return digits, float("nan")
    return digits, float(chisquare(digits).pvalue)
