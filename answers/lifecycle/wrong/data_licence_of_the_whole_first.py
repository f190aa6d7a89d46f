# shows: The licence of the whole package of data goes before that of the table.
# loses: [check_data_licence]
# teaches: A table can have a licence of its own. Which of the two goes first?
# %% data_licence
def data_licence(descriptor):
    entries = descriptor.get("licenses") or descriptor["resources"][0].get("licenses") or [{}]
    name = (entries[0].get("name") or "").strip()
    return "unknown" if name.lower() in ("", "unknown") else name
