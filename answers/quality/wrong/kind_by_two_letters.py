# shows: Only the first two bytes are compared.
# loses: [check_kind_of_file]
# teaches: Text can begin with the same two letters. How many bytes does each kind have?
# %% kind_of_file
def kind_of_file(content):
    for kind, first in FIRST_BYTES.items():
        if content[:2] == first[:2]:
            return kind
    try:
        return "text" if content.decode("utf-8") else "unknown"
    except UnicodeDecodeError:
        return "unknown"
