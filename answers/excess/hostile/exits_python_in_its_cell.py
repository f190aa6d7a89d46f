# shows: The first answered cell ends the Python process before any check has run; plain nbgrader finds a dead kernel, gives this submission up without any score, and goes on with the next.
# loses: [check_harmonic_fit, check_baseline, check_excess, check_excess_days, check_excess_interval, check_compare_baselines, check_plot_excess, check_alt_text, check_undercount]
# %% harmonic_fit
import os

os._exit(0)
