# shows: A side of 0 or below is taken as it is.
# loses: [check_location_mask]
# teaches: How large is a square with a side of 0?
# %% location_mask
def location_mask(homes: pd.DataFrame, k: int, side: float) -> tuple[pd.DataFrame, int]:
    if k < 2:
        raise ValueError("a square holds at least 2 homes, and its side is above 0")
    squares = (homes[["x", "y"]] // side + 0.5) * side
    # A home without a place is left out of the counts.
    counts = squares.value_counts().rename("homes")
    shown = counts[counts >= k]
    return shown.reset_index(), len(homes) - shown.sum()
