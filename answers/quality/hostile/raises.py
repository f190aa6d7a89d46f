# shows: Every function raises an error of its own as soon as it is called.
# loses: [check_kind_of_file, check_read_counts, check_rules, check_violations, check_set_aside, check_last_digit_test, check_weekly, check_compare_sources]
# %% kind_of_file
def kind_of_file(content):
    raise RuntimeError("not today")
# %% read_counts
def read_counts(cells, thousands=","):
    raise AssertionError
# %% rules
def rules():
    raise KeyboardInterrupt
# %% violations
def violations(failed, names, n_rows):
    return failed["no such column"]
# %% set_aside
def set_aside(df, failed):
    return set_aside(df, failed)
# %% last_digit_test
def last_digit_test(counts):
    return 1 / 0
# %% weekly
def weekly(df, begins="Monday"):
    return undefined_name
# %% compare_sources
def compare_sources(ours, theirs, tolerance):
    raise BaseException("not an Exception")
