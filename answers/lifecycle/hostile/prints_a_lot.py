# shows: The function prints 100,000 lines each time and returns nothing.
# loses: [check_data_licence]
# %% data_licence
def data_licence(descriptor):
    for line in range(100_000):
        print("looking", line, descriptor)
