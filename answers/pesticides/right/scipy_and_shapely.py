# shows: Distances by scipy, nearest and farthest points by shapely.
# %% exposure
from scipy.spatial.distance import cdist


def exposure(schools, applications, bandwidth):
    if bandwidth <= 0:
        raise ValueError("bandwidth must be positive")
    rows = applications.dropna()
    metres = cdist(schools[["x", "y"]], rows[["x", "y"]])
    kernel = np.exp(-0.5 * np.square(metres / bandwidth))
    total = (kernel * (rows["pounds"].to_numpy() * rows["active_share"].to_numpy())).sum(axis=1)
    total[schools["x"].isna()] = np.nan
    return pd.Series(total, index=list(schools["school"]))
# %% exposure_range
def exposure_range(schools, applications, bandwidth, side=MILE):
    half = side / 2
    squares = shapely.box(*(applications[axis].to_numpy() + sign * half for sign in (-1, 1) for axis in ("x", "y")))
    active = (applications["pounds"] * applications["active_share"]).to_numpy()
    ends = []
    for x, y in schools[["x", "y"]].to_numpy():
        point = shapely.Point(x, y)
        nearest = shapely.distance(squares, point)
        farthest = shapely.hausdorff_distance(squares, point)
        ends.append([(active * np.exp(-(d**2) / (2 * bandwidth**2))).sum() for d in (farthest, nearest)])
    return pd.DataFrame(ends, columns=["low", "high"], index=schools["school"])
# %% notice_order
def notice_order(ranges):
    left = ranges.dropna().sort_index().sort_values("exposure", ascending=False, kind="mergesort")
    parts, tier = [], 0
    while len(left):
        tier += 1
        together = left["high"] >= left["low"].iloc[0]
        stop = len(left) if together.all() else int(np.argmin(together.to_numpy()))
        parts.append(pd.DataFrame({"school": sorted(left.index[:stop]), "tier": float(tier)}))
        left = left.iloc[stop:]
    lost = sorted(ranges.index[ranges["exposure"].isna()])
    parts.append(pd.DataFrame({"school": lost, "tier": [np.nan] * len(lost)}))
    return pd.concat(parts, ignore_index=True)
