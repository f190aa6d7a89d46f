# shows: The rules are written into the function; the table given is not read.
# loses: [check_licence_allows, check_chain_allows]
# teaches: With another table of rules your answers stay the same. Which rules are you asked to read?
# %% licence_allows
def licence_allows(licence, use, rules):
    if use not in rules.columns:
        raise ValueError(use)
    name = (licence or "unknown").lower()
    if name in ("cc0-1.0", "cc-by-4.0", "cc-by-sa-4.0", "gpl-2.0-only", "gpl-3.0-only", "open"):
        return True
    if name in ("cc-by-nc-4.0", "not-for-sale"):
        return use != "commercial"
    return use != "change" if name == "cc-by-nd-4.0" else use == "use"
