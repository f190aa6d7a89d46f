# shows: Distances on the ellipsoid without any projection, and a Poisson regression for the ratio.
# %% area_share
from pyproj import Geod


def area_share(section, longitude, latitude, radius, epsg):
    if radius <= 0:
        raise ValueError(f"not a distance: {radius}")
    if np.isnan([longitude, latitude]).any():
        return np.nan
    shape = shapely.from_wkt(section)
    west, south, east, north = shape.bounds
    a, b = np.meshgrid(np.linspace(west, east, 402)[1:-1], np.linspace(south, north, 402)[1:-1])
    inside = shapely.contains_xy(shape, a.ravel(), b.ravel())
    a, b = a.ravel()[inside], b.ravel()[inside]
    _, _, metres = Geod(ellps="WGS84").inv(np.full_like(a, longitude), np.full_like(b, latitude), a, b)
    return float((metres <= radius).mean())
# %% rate_ratio
import statsmodels.api as sm


def rate_ratio(schools):
    rows = schools[["exposed", "visits", "pupils"]].dropna().astype(float)
    totals = rows.groupby("exposed").sum()
    if len(totals) < 2 or (totals == 0).to_numpy().any():
        raise ValueError("a group is empty")
    rows = rows[rows["pupils"] > 0]
    model = sm.GLM(rows["visits"], sm.add_constant(rows[["exposed"]]), family=sm.families.Poisson(), exposure=rows["pupils"])
    fit = model.fit()
    low, high = fit.conf_int().loc["exposed"]
    return np.exp(fit.params["exposed"]), np.exp(low), np.exp(high)
# %% location_mask
def location_mask(homes, k, side):
    if k <= 1 or side <= 0:
        raise ValueError("k or side")
    known = homes[homes["x"].notna() & homes["y"].notna()]
    column, row = np.floor(known["x"] / side), np.floor(known["y"] / side)
    table = known.groupby([column.rename("a"), row.rename("b")]).size().reset_index(name="homes")
    table = table.query("homes >= @k")
    table = pd.DataFrame({"homes": table["homes"], "y": table["b"] * side + side / 2, "x": table["a"] * side + side / 2})
    return table, len(homes) - table["homes"].sum()
