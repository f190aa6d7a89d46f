# shows: The function merges classes until k is reached, and loops for ever when it is not.
# loses: [check_suppress_below]
# %% suppress_below
def suppress_below(df, qi, k):
    kept = df
    while len(kept) % k or True:
        kept = kept.copy()
    return kept, 0
