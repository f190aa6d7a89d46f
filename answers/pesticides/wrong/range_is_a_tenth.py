# shows: The ends are the exposure of the centre, less and plus ten percent.
# loses: [check_exposure_range]
# teaches: Your range is a share of the middle. What does the size of the section say?
# %% exposure_range
def exposure_range(
    schools: pd.DataFrame, applications: pd.DataFrame, bandwidth: float, side: float = MILE
) -> pd.DataFrame:
    east = np.abs(schools[["x"]].to_numpy() - applications["x"].to_numpy())
    north = np.abs(schools[["y"]].to_numpy() - applications["y"].to_numpy())
    farthest = nearest = np.hypot(east, north)
    active = (applications["pounds"] * applications["active_share"]).to_numpy()
    ends = {name: np.exp(-((d / bandwidth) ** 2) / 2) @ active for name, d in [("low", farthest), ("high", nearest)]}
    return pd.DataFrame(ends, index=schools["school"]) * [0.9, 1.1]
