# shows: The corner of the square is shown and not its middle.
# loses: [check_location_mask]
# teaches: Which point of the square do you show?
# %% location_mask
def location_mask(homes: pd.DataFrame, k: int, side: float) -> tuple[pd.DataFrame, int]:
    if k < 2 or not side > 0:
        raise ValueError("a square holds at least 2 homes, and its side is above 0")
    squares = (homes[["x", "y"]] // side) * side
    # A home without a place is left out of the counts.
    counts = squares.value_counts().rename("homes")
    shown = counts[counts >= k]
    return shown.reset_index(), len(homes) - shown.sum()
