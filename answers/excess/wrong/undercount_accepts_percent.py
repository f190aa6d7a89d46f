# shows: A percentage such as 10 is accepted as a share, and gives a tenth of the excess.
# loses: [check_undercount]
# teaches: A percentage is taken for a share, without an error. Which numbers can a share be?
# %% undercount
def undercount(excess, share_registered):
    if share_registered <= 0:
        raise ValueError(f"a share lies above 0 and is at most 1: {share_registered} does not")
    return excess / share_registered
