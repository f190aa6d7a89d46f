# shows: The excess is multiplied by the share, which makes it smaller and not larger.
# loses: [check_undercount]
# teaches: The result is smaller than the registered excess. Are there more deaths in all, or fewer?
# %% undercount
def undercount(excess, share_registered):
    if not 0 < share_registered <= 1:
        raise ValueError(f"a share lies above 0 and is at most 1: {share_registered} does not")
    return excess * share_registered
