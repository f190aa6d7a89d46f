# shows: A temperature that was never seen gets a risk all the same.
# loses: [check_relative_risk]
# teaches: The highest temperature of the series is lower than what you were asked for. What does the model know about it?
# %% relative_risk
def relative_risk(
    exposure: pd.Series,
    spec: dict,
    coefficients: pd.Series,
    covariance: pd.DataFrame,
    at: list[float],
    reference: float,
    lag: int | None = None,
) -> pd.DataFrame:
    lowest, highest = exposure.min(), exposure.max()
    if reference is None:
        raise ValueError("state a reference, and stay within the exposures that the model has seen")
    if lag is not None and lag not in range(spec["lag"] + 1):
        raise ValueError(f"there is no lag {lag}")
    basis = dl.crossbasis(exposure, **spec)
    found = dl.crosspred(basis, coef=coefficients, vcov=covariance, at=at, cen=reference)
    log_rr = found.allfit if lag is None else found.matfit[:, lag]
    error = found.allse if lag is None else found.matse[:, lag]
    ends = {"rr": log_rr, "low": log_rr - 1.96 * error, "high": log_rr + 1.96 * error}
    return np.exp(pd.DataFrame(ends, index=found.predvar)).loc[at]
