# shows: California's thresholds are used, whatever law was given.
# loses: [check_binds]
# teaches: One state's law is used for every law. Which one was your function given?
# %% binds
def binds(body, scope):
    if not body["for_profit"]:
        return False
    revenue, consumers, share = (body.get(name) for name in ("revenue", "consumers", "share"))
    if (revenue or 0) > 26_625_000 or (consumers or 0) >= 100_000 or (share or 0) >= 0.5:
        return True
    return None if None in (revenue, consumers, share) else False
