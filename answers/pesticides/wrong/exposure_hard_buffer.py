# shows: All pounds within the bandwidth count fully, and none beyond it.
# loses: [check_exposure]
# teaches: Here a pound counts fully or not at all. What does the weight say of a field that is a little farther?
# %% exposure
def exposure(schools: pd.DataFrame, applications: pd.DataFrame, bandwidth: float) -> pd.Series:
    if not bandwidth > 0:
        raise ValueError(f"a bandwidth lies above 0 metres: {bandwidth} does not")
    known = applications.dropna(subset=["x", "y", "pounds", "active_share"])
    east = schools[["x"]].to_numpy() - known["x"].to_numpy()
    north = schools[["y"]].to_numpy() - known["y"].to_numpy()
    weights = (np.hypot(east, north) <= bandwidth).astype(float)
    sums = pd.Series(weights @ (known["pounds"] * known["active_share"]).to_numpy(), index=schools["school"])
    return sums.where(schools["x"].notna().to_numpy())
