# shows: Only the four corners are tried, so a school inside its section is never next to the field.
# loses: [check_exposure_range]
# teaches: You look at the corners only. Where is the nearest point for a school in the section, or straight across from it?
# %% exposure_range
def exposure_range(
    schools: pd.DataFrame, applications: pd.DataFrame, bandwidth: float, side: float = MILE
) -> pd.DataFrame:
    east = np.abs(schools[["x"]].to_numpy() - applications["x"].to_numpy())
    north = np.abs(schools[["y"]].to_numpy() - applications["y"].to_numpy())
    farthest = np.hypot(east + side / 2, north + side / 2)
    nearest = np.hypot(east - side / 2, north - side / 2)
    active = (applications["pounds"] * applications["active_share"]).to_numpy()
    ends = {name: np.exp(-((d / bandwidth) ** 2) / 2) @ active for name, d in [("low", farthest), ("high", nearest)]}
    return pd.DataFrame(ends, index=schools["school"])
