# shows: The weight is e to the power of minus distance by bandwidth, not of its square.
# loses: [check_exposure]
# teaches: "Look at the formula of the weight: what is squared?"
# %% exposure
def exposure(schools: pd.DataFrame, applications: pd.DataFrame, bandwidth: float) -> pd.Series:
    if not bandwidth > 0:
        raise ValueError(f"a bandwidth lies above 0 metres: {bandwidth} does not")
    known = applications.dropna(subset=["x", "y", "pounds", "active_share"])
    east = schools[["x"]].to_numpy() - known["x"].to_numpy()
    north = schools[["y"]].to_numpy() - known["y"].to_numpy()
    weights = np.exp(-np.hypot(east, north) / bandwidth)
    sums = pd.Series(weights @ (known["pounds"] * known["active_share"]).to_numpy(), index=schools["school"])
    return sums.where(schools["x"].notna().to_numpy())
