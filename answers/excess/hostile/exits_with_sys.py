# shows: sys.exit is called in a function, as in a script; the kernel turns it into an error, so only this check is lost.
# loses: [check_alt_text]
# %% alt_text
import sys


def alt_text(df, start, end, years):
    text = f"Line chart of deaths from {start} to {end}."
    print(text)
    sys.exit(0)
