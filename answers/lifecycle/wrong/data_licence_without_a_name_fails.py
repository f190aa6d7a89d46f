# shows: An entry without a name raises an error.
# loses: [check_data_licence]
# teaches: An entry can have no name, or None. What is its licence then?
# %% data_licence
def data_licence(descriptor):
    entries = descriptor["resources"][0].get("licenses") or descriptor.get("licenses") or [{"name": ""}]
    name = entries[0]["name"].strip()
    return "unknown" if name.lower() in ("", "unknown") else name
