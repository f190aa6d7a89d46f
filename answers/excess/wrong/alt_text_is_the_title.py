# shows: The alternative text only repeats the title of the picture.
# loses: [check_alt_text]
# teaches: The text repeats the title of the picture. What would a reader who does not see the picture ask you next?
# %% alt_text
def alt_text(df, start, end, years):
    return f"Line chart: {excess(df, start, end, years):.0f} more deaths than expected from {start} to {end}"
