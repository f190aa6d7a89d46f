# shows: A file without a single byte is called text.
# loses: [check_kind_of_file]
# teaches: What can you say about a file in which there is nothing?
# %% kind_of_file
def kind_of_file(content):
    for kind, first in FIRST_BYTES.items():
        if content.startswith(first):
            return kind
    try:
        content.decode("utf-8")
        return "text"
    except UnicodeDecodeError:
        return "unknown"
