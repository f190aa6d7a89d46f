# shows: The words are right for Chicago in July 1995 and are given for every window.
# loses: [check_alt_text]
# teaches: The text was written for one window and is the same for every other. Which parts of it must follow the data?
# %% alt_text
def alt_text(df, start, end, years):
    return (
        "Line chart of deaths per day in Chicago from 14 July 1995 to 20 July 1995. Observed deaths rise to a peak of 411 "
        "on 15 July, far above the expected line. In all, 842 more people died than expected: deaths were twice the usual."
    )
