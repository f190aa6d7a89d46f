# shows: Every name with the letters unknown in it is read as unknown.
# loses: [check_data_licence]
# teaches: This name has the word in it and is another name. Compare the whole of it.
# %% data_licence
def data_licence(descriptor):
    entries = descriptor["resources"][0].get("licenses") or descriptor.get("licenses") or [{}]
    name = (entries[0].get("name") or "").strip()
    return "unknown" if not name or "unknown" in name.lower() else name
