# shows: The first answered cell ends the Python process; the cell is left out, and only its own check is lost. Plain nbgrader finds a dead kernel and gives the submission up without any score.
# loses: [check_harmonic_fit]
# %% harmonic_fit
import os

os._exit(0)
