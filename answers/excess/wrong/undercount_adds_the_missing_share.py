# shows: The missing share is added once to the registered deaths, and not to all deaths.
# loses: [check_undercount]
# teaches: The missing part is added as a share of the registered deaths. Of which total is the share given?
# %% undercount
def undercount(excess, share_registered):
    if not 0 < share_registered <= 1:
        raise ValueError(f"a share lies above 0 and is at most 1: {share_registered} does not")
    return excess * (2 - share_registered)
