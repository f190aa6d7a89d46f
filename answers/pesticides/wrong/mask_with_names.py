# shows: The names of the homes of each square are in the table.
# loses: [check_location_mask]
# teaches: Which of your columns lead to a family?
# %% location_mask
def location_mask(homes: pd.DataFrame, k: int, side: float) -> tuple[pd.DataFrame, int]:
    if k < 2 or not side > 0:
        raise ValueError("a square holds at least 2 homes, and its side is above 0")
    squares = (homes[["x", "y"]] // side + 0.5) * side
    # A home without a place is left out of the counts.
    counts = squares.value_counts().rename("homes")
    shown = counts[counts >= k]
    return shown.reset_index().assign(names="of the homes"), len(homes) - shown.sum()
