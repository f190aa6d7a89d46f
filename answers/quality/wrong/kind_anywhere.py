# shows: The bytes are looked for anywhere in the file.
# loses: [check_kind_of_file]
# teaches: These bytes tell the kind only at one place in a file. Where?
# %% kind_of_file
def kind_of_file(content):
    for kind, first in FIRST_BYTES.items():
        if first in content:
            return kind
    try:
        return "text" if content.decode("utf-8") else "unknown"
    except UnicodeDecodeError:
        return "unknown"
