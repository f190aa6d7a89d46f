# shows: Pounds of product are added, not of active ingredient.
# loses: [check_exposure]
# teaches: A product is not all active ingredient. Which column says how much of it is?
# %% exposure
def exposure(schools: pd.DataFrame, applications: pd.DataFrame, bandwidth: float) -> pd.Series:
    if not bandwidth > 0:
        raise ValueError(f"a bandwidth lies above 0 metres: {bandwidth} does not")
    known = applications.dropna(subset=["x", "y", "pounds", "active_share"])
    east = schools[["x"]].to_numpy() - known["x"].to_numpy()
    north = schools[["y"]].to_numpy() - known["y"].to_numpy()
    weights = np.exp(-(east**2 + north**2) / (2 * bandwidth**2))
    sums = pd.Series(weights @ known["pounds"].to_numpy(), index=schools["school"])
    return sums.where(schools["x"].notna().to_numpy())
