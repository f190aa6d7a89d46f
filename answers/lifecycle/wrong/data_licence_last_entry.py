# shows: The last of several entries is taken.
# loses: [check_data_licence]
# teaches: Two entries are there. Which of them does the docstring name?
# %% data_licence
def data_licence(descriptor):
    entries = descriptor["resources"][0].get("licenses") or descriptor.get("licenses") or [{}]
    name = (entries[-1].get("name") or "").strip()
    return "unknown" if name.lower() in ("", "unknown") else name
