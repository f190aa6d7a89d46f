# shows: Bytes that are not UTF-8 are read all the same, as Latin-1.
# loses: [check_kind_of_file]
# teaches: Latin-1 can read any bytes at all, so it proves nothing. Which reading can fail?
# %% kind_of_file
def kind_of_file(content):
    for kind, first in FIRST_BYTES.items():
        if content.startswith(first):
            return kind
    try:
        return "text" if content.decode("latin-1") else "unknown"
    except UnicodeDecodeError:
        return "unknown"
