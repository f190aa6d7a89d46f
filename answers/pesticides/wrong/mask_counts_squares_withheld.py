# shows: The number of squares that are not shown is returned, not of the homes.
# loses: [check_location_mask]
# teaches: You count squares. How many families live in them?
# %% location_mask
def location_mask(homes: pd.DataFrame, k: int, side: float) -> tuple[pd.DataFrame, int]:
    if k < 2 or not side > 0:
        raise ValueError("a square holds at least 2 homes, and its side is above 0")
    squares = (homes[["x", "y"]] // side + 0.5) * side
    # A home without a place is left out of the counts.
    counts = squares.value_counts().rename("homes")
    shown = counts[counts >= k]
    return shown.reset_index(), int((counts < k).sum())
