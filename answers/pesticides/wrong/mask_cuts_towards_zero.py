# shows: Negative coordinates are cut towards zero, so that the squares around 0 are joined.
# loses: [check_location_mask]
# teaches: What does int() do with -0.5? Look at the squares on both sides of 0.
# %% location_mask
def location_mask(homes: pd.DataFrame, k: int, side: float) -> tuple[pd.DataFrame, int]:
    if k < 2 or not side > 0:
        raise ValueError("a square holds at least 2 homes, and its side is above 0")
    squares = (np.trunc(homes[["x", "y"]] / side) + 0.5) * side
    # A home without a place is left out of the counts.
    counts = squares.value_counts().rename("homes")
    shown = counts[counts >= k]
    return shown.reset_index(), len(homes) - shown.sum()
