# shows: The exact points of the homes in large squares are returned.
# loses: [check_location_mask]
# teaches: An exact point is a name. Whose door does your table lead to?
# %% location_mask
def location_mask(homes, k, side):
    if k < 2 or not side > 0:
        raise ValueError("a square holds at least 2 homes, and its side is above 0")
    known = homes.dropna(subset=["x", "y"])
    known = known.assign(homes=known.groupby([known["x"] // side, known["y"] // side])["x"].transform("size"))
    shown = known[known["homes"] >= k]
    return shown[["x", "y", "homes"]], len(homes) - len(shown)
