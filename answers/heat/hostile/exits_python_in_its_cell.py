# shows: The first answered cell ends the Python process; the cell is left out, and only its own check is lost.
# loses: [check_lag_table]
# %% lag_table
import os

os._exit(0)
