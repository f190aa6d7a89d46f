# shows: The ends count applications, not pounds.
# loses: [check_exposure_range]
# teaches: Both ends are made of the same pounds as in task 2. What do you add up?
# %% exposure_range
def exposure_range(
    schools: pd.DataFrame, applications: pd.DataFrame, bandwidth: float, side: float = MILE
) -> pd.DataFrame:
    east = np.abs(schools[["x"]].to_numpy() - applications["x"].to_numpy())
    north = np.abs(schools[["y"]].to_numpy() - applications["y"].to_numpy())
    farthest = np.hypot(east + side / 2, north + side / 2)
    nearest = np.hypot(np.maximum(east - side / 2, 0), np.maximum(north - side / 2, 0))
    active = np.ones(len(applications))
    ends = {name: np.exp(-((d / bandwidth) ** 2) / 2) @ active for name, d in [("low", farthest), ("high", nearest)]}
    return pd.DataFrame(ends, index=schools["school"])
