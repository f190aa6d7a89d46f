# shows: The farthest point is taken for the high end, and the nearest for the low one.
# loses: [check_exposure_range]
# teaches: "Which field gives the school more: the near one or the far one?"
# %% exposure_range
def exposure_range(
    schools: pd.DataFrame, applications: pd.DataFrame, bandwidth: float, side: float = MILE
) -> pd.DataFrame:
    east = np.abs(schools[["x"]].to_numpy() - applications["x"].to_numpy())
    north = np.abs(schools[["y"]].to_numpy() - applications["y"].to_numpy())
    farthest = np.hypot(east + side / 2, north + side / 2)
    nearest = np.hypot(np.maximum(east - side / 2, 0), np.maximum(north - side / 2, 0))
    active = (applications["pounds"] * applications["active_share"]).to_numpy()
    ends = {name: np.exp(-((d / bandwidth) ** 2) / 2) @ active for name, d in [("low", nearest), ("high", farthest)]}
    return pd.DataFrame(ends, index=schools["school"])
