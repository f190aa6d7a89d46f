# shows: Whether it is text is told from the first thousand bytes.
# loses: [check_kind_of_file]
# teaches: The beginning can be read. What if a later line cannot?
# %% kind_of_file
def kind_of_file(content):
    for kind, first in FIRST_BYTES.items():
        if content.startswith(first):
            return kind
    try:
        return "text" if content[:1000].decode("utf-8") else "unknown"
    except UnicodeDecodeError:
        return "unknown"
