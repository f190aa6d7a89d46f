# shows: The side is always a mile, whatever is given.
# loses: [check_exposure_range]
# teaches: Does your range change when the sections are smaller?
# %% exposure_range
def exposure_range(
    schools: pd.DataFrame, applications: pd.DataFrame, bandwidth: float, side: float = MILE
) -> pd.DataFrame:
    side = 1609.344
    east = np.abs(schools[["x"]].to_numpy() - applications["x"].to_numpy())
    north = np.abs(schools[["y"]].to_numpy() - applications["y"].to_numpy())
    farthest = np.hypot(east + side / 2, north + side / 2)
    nearest = np.hypot(np.maximum(east - side / 2, 0), np.maximum(north - side / 2, 0))
    active = (applications["pounds"] * applications["active_share"]).to_numpy()
    ends = {name: np.exp(-((d / bandwidth) ** 2) / 2) @ active for name, d in [("low", farthest), ("high", nearest)]}
    return pd.DataFrame(ends, index=schools["school"])
