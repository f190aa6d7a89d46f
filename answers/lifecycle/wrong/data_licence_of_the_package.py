# shows: The licence of the package of software is taken for that of the table.
# loses: [check_data_licence]
# teaches: You gave the licence of what carries the table. Who stated one for the table itself?
# %% data_licence
def data_licence(descriptor):
    if "archive" in descriptor:
        return descriptor["archive"]["licence"]
    entries = descriptor["resources"][0].get("licenses") or descriptor.get("licenses") or [{}]
    name = (entries[0].get("name") or "").strip()
    return "unknown" if name.lower() in ("", "unknown") else name
