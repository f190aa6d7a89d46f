# shows: sys.exit is called in a function, as in a script; the kernel turns it into an error, so only this check is lost.
# loses: [check_generalise]
# %% generalise
import sys


def generalise(df, plan):
    print(df[list(plan)])
    sys.exit(0)
