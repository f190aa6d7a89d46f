# shows: Half a diagonal is added to and taken from the distance of the centre.
# loses: [check_exposure_range]
# teaches: Half a diagonal reaches the corner. Does a corner always point at the school?
# %% exposure_range
def exposure_range(
    schools: pd.DataFrame, applications: pd.DataFrame, bandwidth: float, side: float = MILE
) -> pd.DataFrame:
    east = np.abs(schools[["x"]].to_numpy() - applications["x"].to_numpy())
    north = np.abs(schools[["y"]].to_numpy() - applications["y"].to_numpy())
    farthest = np.hypot(east, north) + side / 2**0.5
    nearest = np.maximum(np.hypot(east, north) - side / 2**0.5, 0)
    active = (applications["pounds"] * applications["active_share"]).to_numpy()
    ends = {name: np.exp(-((d / bandwidth) ** 2) / 2) @ active for name, d in [("low", farthest), ("high", nearest)]}
    return pd.DataFrame(ends, index=schools["school"])
