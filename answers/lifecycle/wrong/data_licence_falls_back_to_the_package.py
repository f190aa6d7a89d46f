# shows: Where nobody stated a licence, that of the package of software is taken.
# loses: [check_data_licence]
# teaches: Nobody stated a licence for this table, and you found one. Where did you look?
# %% data_licence
def data_licence(descriptor):
    entries = descriptor["resources"][0].get("licenses") or descriptor.get("licenses") or [{}]
    name = (entries[0].get("name") or "").strip()
    if name.lower() in ("", "unknown"):
        return descriptor.get("archive", {}).get("licence", "unknown")
    return name
