# shows: Only the nearest application counts.
# loses: [check_exposure]
# teaches: All applications around a school add up. How many do you use?
# %% exposure
def exposure(schools: pd.DataFrame, applications: pd.DataFrame, bandwidth: float) -> pd.Series:
    if not bandwidth > 0:
        raise ValueError(f"a bandwidth lies above 0 metres: {bandwidth} does not")
    known = applications.dropna(subset=["x", "y", "pounds", "active_share"])
    east = schools[["x"]].to_numpy() - known["x"].to_numpy()
    north = schools[["y"]].to_numpy() - known["y"].to_numpy()
    east = np.where(np.hypot(east, north) == np.hypot(east, north).min(axis=1, keepdims=True, initial=np.inf), east, np.inf)
    weights = np.exp(-(east**2 + north**2) / (2 * bandwidth**2))
    sums = pd.Series(weights @ (known["pounds"] * known["active_share"]).to_numpy(), index=schools["school"])
    return sums.where(schools["x"].notna().to_numpy())
