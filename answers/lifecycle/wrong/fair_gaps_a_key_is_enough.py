# shows: A key counts even if nothing stands in it.
# loses: [check_fair_gaps]
# teaches: A key is there and nothing stands in it. Does it help a reader?
# %% fair_gaps
def fair_gaps(descriptor):
    def there(where, key):
        value = where.get(key)
        return key in where

    def in_fields(key):
        fields = [(table.get("schema") or {}).get("fields") or [{}] for table in descriptor["resources"]]
        return all(there(field, key) for table in fields for field in table)

    has = {key: there(descriptor, key) for key in ("title", "id", "contact", "sources", "as_of")}
    has["path"] = all(there(table, "path") for table in descriptor["resources"])
    has |= {key: in_fields(key) for key in ("type", "description")}
    has["licence"] = data_licence(descriptor) != "unknown"
    asked = {
        "findable": ["title", "id"],
        "accessible": ["contact", "path"],
        "interoperable": ["type", "description"],
        "reusable": ["licence", "sources", "as_of"],
    }
    lacking = {principle: [key for key in keys if not has[key]] for principle, keys in asked.items()}
    return {principle: keys for principle, keys in lacking.items() if keys}
