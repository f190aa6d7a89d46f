# shows: Where the table says unknown, the licence of the whole is taken instead.
# loses: [check_data_licence]
# teaches: The table says that its licence is unknown, and you looked further. What does the table's own entry say?
# %% data_licence
def data_licence(descriptor):
    for where in (descriptor["resources"][0], descriptor):
        for entry in (where.get("licenses") or [])[:1]:
            name = (entry.get("name") or "").strip()
            if name.lower() not in ("", "unknown"):
                return name
    return "unknown"
