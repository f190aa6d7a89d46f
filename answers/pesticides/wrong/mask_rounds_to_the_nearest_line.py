# shows: Squares lie around the multiples of the side and not between them.
# loses: [check_location_mask]
# teaches: Where are the lines between your squares?
# %% location_mask
def location_mask(homes: pd.DataFrame, k: int, side: float) -> tuple[pd.DataFrame, int]:
    if k < 2 or not side > 0:
        raise ValueError("a square holds at least 2 homes, and its side is above 0")
    squares = (homes[["x", "y"]] / side).round() * side
    # A home without a place is left out of the counts.
    counts = squares.value_counts().rename("homes")
    shown = counts[counts >= k]
    return shown.reset_index(), len(homes) - shown.sum()
