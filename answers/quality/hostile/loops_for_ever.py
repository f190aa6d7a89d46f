# shows: A loop over the bytes never comes to its end, as soon as the function is called.
# loses: [check_kind_of_file]
# %% kind_of_file
def kind_of_file(content):
    place = 0
    while place >= 0:
        place += 1
