# shows: Loops over rows, in plain Python.
# %% area_share
from pyproj import Transformer


def area_share(section, longitude, latitude, radius, epsg):
    if radius <= 0:
        raise ValueError("radius")
    if longitude != longitude or latitude != latitude:
        return float("nan")
    change = Transformer.from_crs("EPSG:4326", f"EPSG:{epsg}", always_xy=True)
    corners = [change.transform(*corner) for corner in shapely.from_wkt(section).exterior.coords]
    outline = shapely.Polygon(corners)
    x, y = change.transform(longitude, latitude)
    circle = shapely.Polygon(
        [(x + radius * math.cos(2 * math.pi * n / 720), y + radius * math.sin(2 * math.pi * n / 720)) for n in range(720)]
    )
    return outline.intersection(circle).area / outline.area
# %% exposure
def exposure(schools, applications, bandwidth):
    if bandwidth <= 0:
        raise ValueError("bandwidth")
    found = {}
    for name, x, y in zip(schools["school"], schools["x"], schools["y"]):
        if x != x:
            found[name] = float("nan")
            continue
        found[name] = 0.0
        for a, b, pounds, share in zip(*(applications[c] for c in ["x", "y", "pounds", "active_share"])):
            active = pounds * share * math.exp(-(math.hypot(a - x, b - y) ** 2) / 2 / bandwidth**2)
            if active == active:
                found[name] += active
    return pd.Series(found)
# %% exposure_range
def exposure_range(schools, applications, bandwidth, side=1609.344):
    rows = {}
    for school in schools.itertuples():
        low = high = 0.0
        for one in applications.itertuples():
            dx, dy = abs(school.x - one.x), abs(school.y - one.y)
            near = math.hypot(max(0, dx - side / 2), max(0, dy - side / 2))
            far = math.hypot(dx + side / 2, dy + side / 2)
            low += one.pounds * one.active_share * math.exp(-0.5 * (far / bandwidth) ** 2)
            high += one.pounds * one.active_share * math.exp(-0.5 * (near / bandwidth) ** 2)
        rows[school.school] = {"low": low, "high": high}
    return pd.DataFrame.from_dict(rows, orient="index", columns=["low", "high"])
# %% notice_order
def notice_order(ranges):
    rows = [(name, *line) for name, line in zip(ranges.index, ranges[["low", "exposure", "high"]].to_numpy())]
    known = sorted((row for row in rows if row[2] == row[2]), key=lambda row: (-row[2], row[0]))
    result, tier, opened = [], 0, None
    for name, low, _, high in known:
        if opened is None or high < opened:
            tier, opened = tier + 1, low
        result.append((tier, name))
    names = [name for _, name in sorted(result)] + sorted(row[0] for row in rows if row[2] != row[2])
    tiers = [float(tier) for tier, _ in sorted(result)] + [float("nan")] * (len(rows) - len(result))
    return pd.DataFrame({"school": names, "tier": tiers})
# %% rate_ratio
def rate_ratio(schools):
    visits, pupils = {1: 0, 0: 0}, {1: 0, 0: 0}
    for exposed, seen, number in zip(schools["exposed"], schools["visits"], schools["pupils"]):
        if pd.isna(exposed) or pd.isna(seen) or pd.isna(number):
            continue
        visits[int(exposed)] += seen
        pupils[int(exposed)] += number
    if 0 in visits.values() or 0 in pupils.values():
        raise ValueError("nothing to compare")
    ratio = visits[1] / pupils[1] * pupils[0] / visits[0]
    half = 1.959964 * math.sqrt(1 / visits[1] + 1 / visits[0])
    return ratio, math.exp(math.log(ratio) - half), math.exp(math.log(ratio) + half)
# %% location_mask
def location_mask(homes, k, side):
    if k < 2:
        raise ValueError("k")
    if side <= 0:
        raise ValueError("side")
    squares = {}
    for x, y in zip(homes["x"], homes["y"]):
        if x == x and y == y:
            square = math.floor(x / side), math.floor(y / side)
            squares[square] = squares.get(square, 0) + 1
    shown = [(a * side + side / 2, b * side + side / 2, n) for (a, b), n in squares.items() if n >= k]
    return pd.DataFrame(shown, columns=["x", "y", "homes"]), len(homes) - sum(row[2] for row in shown)
# %% who_is_missing
def who_is_missing(families, register):
    rows = []
    for group, number in zip(families["group"], families["families"]):
        listed = sum(1 for one in register["group"] if one == group)
        missing = number - listed if number == number and number >= listed else float("nan")
        rows.append((group, number, listed, missing, missing / number * 100))
    unknown = sum(1 for one in register["group"] if pd.isna(one))
    if unknown:
        rows.append(("not known", float("nan"), unknown, float("nan"), float("nan")))
    return pd.DataFrame(rows, columns=["group", "families", "in_register", "missing", "percent"])
