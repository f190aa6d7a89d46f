# shows: Each home is moved by chance up to half a side, also where it stands alone.
# loses: [check_location_mask]
# teaches: A moved point is still one home. How many other homes could it be?
# %% location_mask
def location_mask(homes, k, side):
    if k < 2 or not side > 0:
        raise ValueError("a square holds at least 2 homes, and its side is above 0")
    moved = homes[["x", "y"]].dropna() + np.random.default_rng(1).uniform(-side / 2, side / 2, (homes["x"].notna().sum(), 2))
    return moved.assign(homes=1), int(homes["x"].isna().sum())
