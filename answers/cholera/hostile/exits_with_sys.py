# shows: sys.exit is called in a function, as in a script; the kernel turns it into an error, so only this check is lost.
# loses: [check_map_class]
# %% map_class
import sys


def map_class(rates, countries, cuts):
    print(rates)
    sys.exit(0)
