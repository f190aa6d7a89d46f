# shows: The words name the picture but give no numbers, so a reader who does not see it learns nothing.
# loses: [check_alt_text]
# teaches: The text says how the lines run, but gives no numbers. Which numbers would you read from the picture first?
# %% alt_text
def alt_text(df, start, end, years):
    return (
        f"Line chart of observed and expected deaths per day from {start} to {end}. The observed line rises to a high "
        "peak in the middle and lies far above the expected line, so many more people died than expected."
    )
