# shows: Each home is shown at a rounded point, also where it stands alone.
# loses: [check_location_mask]
# teaches: How many homes share each of your points? One home alone is still one home.
# %% location_mask
def location_mask(homes: pd.DataFrame, k: int, side: float) -> tuple[pd.DataFrame, int]:
    if k < 2 or not side > 0:
        raise ValueError("a square holds at least 2 homes, and its side is above 0")
    squares = (homes[["x", "y"]] // side + 0.5) * side
    # A home without a place is left out of the counts.
    counts = squares.value_counts().rename("homes")
    shown = counts
    return shown.reset_index(), len(homes) - shown.sum()
