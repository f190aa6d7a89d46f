# shows: Unknown is given back as somebody wrote it.
# loses: [check_data_licence]
# teaches: In capitals or not, the word says one thing. In which way do you give it back?
# %% data_licence
def data_licence(descriptor):
    entries = descriptor["resources"][0].get("licenses") or descriptor.get("licenses") or [{}]
    return (entries[0].get("name") or "").strip() or "unknown"
