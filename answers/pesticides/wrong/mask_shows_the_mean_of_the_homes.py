# shows: The mean place of the homes of a square is shown, which is the home itself where they lie together.
# loses: [check_location_mask]
# teaches: Your points move when a home moves. Which point of the square says nothing about the homes?
# %% location_mask
def location_mask(homes, k, side):
    if k < 2 or not side > 0:
        raise ValueError("a square holds at least 2 homes, and its side is above 0")
    known = homes.dropna(subset=["x", "y"])
    groups = known.groupby([known["x"] // side, known["y"] // side])
    table = groups.agg(x=("x", "mean"), y=("y", "mean"), homes=("x", "size")).reset_index(drop=True)
    table = table[table["homes"] >= k]
    return table, len(homes) - int(table["homes"].sum())
