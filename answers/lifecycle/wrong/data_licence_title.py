# shows: The long title is given instead of the name.
# loses: [check_data_licence]
# teaches: You gave the words that explain the licence. Its name stands in another key.
# %% data_licence
def data_licence(descriptor):
    entries = descriptor["resources"][0].get("licenses") or descriptor.get("licenses") or [{}]
    name = (entries[0].get("title") or entries[0].get("name") or "").strip()
    return "unknown" if name.lower() in ("", "unknown", "ask") else name
