# shows: The mean over the applications is returned, not the sum.
# loses: [check_exposure]
# teaches: Twice as many applications give the same number here. What does a school get more of?
# %% exposure
def exposure(schools: pd.DataFrame, applications: pd.DataFrame, bandwidth: float) -> pd.Series:
    if not bandwidth > 0:
        raise ValueError(f"a bandwidth lies above 0 metres: {bandwidth} does not")
    known = applications.dropna(subset=["x", "y", "pounds", "active_share"])
    east = schools[["x"]].to_numpy() - known["x"].to_numpy()
    north = schools[["y"]].to_numpy() - known["y"].to_numpy()
    weights = np.exp(-(east**2 + north**2) / (2 * bandwidth**2))
    sums = pd.Series(weights @ (known["pounds"] * known["active_share"]).to_numpy() / max(len(known), 1), index=schools["school"])
    return sums.where(schools["x"].notna().to_numpy())
