# shows: The first licence that any table has is taken.
# loses: [check_data_licence]
# teaches: This licence belongs to another table of the package. Which table is asked for?
# %% data_licence
def data_licence(descriptor):
    entries = [entry for table in descriptor["resources"] for entry in table.get("licenses", [])]
    entries = entries or descriptor.get("licenses") or [{}]
    name = (entries[0].get("name") or "").strip()
    return "unknown" if name.lower() in ("", "unknown") else name
