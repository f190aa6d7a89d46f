# shows: A bandwidth of 0 or below is taken as it is.
# loses: [check_exposure]
# teaches: What does a bandwidth of 0 metres mean?
# %% exposure
def exposure(schools: pd.DataFrame, applications: pd.DataFrame, bandwidth: float) -> pd.Series:
    known = applications.dropna(subset=["x", "y", "pounds", "active_share"])
    east = schools[["x"]].to_numpy() - known["x"].to_numpy()
    north = schools[["y"]].to_numpy() - known["y"].to_numpy()
    weights = np.exp(-(east**2 + north**2) / (2 * bandwidth**2))
    sums = pd.Series(weights @ (known["pounds"] * known["active_share"]).to_numpy(), index=schools["school"])
    return sums.where(schools["x"].notna().to_numpy())
