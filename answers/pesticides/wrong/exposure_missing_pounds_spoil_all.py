# shows: One application without a number makes every sum missing.
# loses: [check_exposure]
# teaches: One report without a number, and no school has a sum. Which reports can be added?
# %% exposure
def exposure(schools: pd.DataFrame, applications: pd.DataFrame, bandwidth: float) -> pd.Series:
    if not bandwidth > 0:
        raise ValueError(f"a bandwidth lies above 0 metres: {bandwidth} does not")
    known = applications.dropna(subset=["x", "y"])
    east = schools[["x"]].to_numpy() - known["x"].to_numpy()
    north = schools[["y"]].to_numpy() - known["y"].to_numpy()
    weights = np.exp(-(east**2 + north**2) / (2 * bandwidth**2))
    sums = pd.Series(weights @ (known["pounds"] * known["active_share"]).to_numpy(), index=schools["school"])
    return sums.where(schools["x"].notna().to_numpy())
