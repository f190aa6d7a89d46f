# shows: sys.exit is called in a function, as in a script; only its own check is lost.
# loses: [check_agreement_gaps]
# %% agreement_gaps
import sys


def agreement_gaps(agreement, authority_hours):
    sys.exit(0)
