# shows: A projection centred on the school, and joins of tables.
# %% area_share
def area_share(section, longitude, latitude, radius, epsg):
    if not radius > 0:
        raise ValueError("radius")
    if pd.isna(longitude) or pd.isna(latitude):
        return float("nan")
    around = f"+proj=aeqd +lat_0={latitude} +lon_0={longitude} +datum=WGS84 +units=m"
    shape = gpd.GeoSeries.from_wkt([section], crs="EPSG:4326").to_crs(around)
    return float(shape.intersection(shapely.Point(0, 0).buffer(radius, quad_segs=64)).area.iloc[0] / shape.area.iloc[0])
# %% exposure
def exposure(schools, applications, bandwidth):
    if bandwidth <= 0:
        raise ValueError("bandwidth")
    pairs = schools[["school", "x", "y"]].merge(applications, how="cross", suffixes=("", "_app"))
    square = (pairs["x"] - pairs["x_app"]) ** 2 + (pairs["y"] - pairs["y_app"]) ** 2
    pairs["part"] = pairs["pounds"] * pairs["active_share"] * np.exp(-square / 2 / bandwidth**2)
    sums = pairs.groupby("school")["part"].sum().reindex(schools["school"]).fillna(0.0)
    sums[schools["x"].isna().to_numpy()] = np.nan
    return sums
# %% who_is_missing
def who_is_missing(families, register):
    counts = register.groupby("group").size().rename("in_register").reset_index()
    counts["group"] = counts["group"].astype(object)
    table = families[["group", "families"]].astype({"group": object}).merge(counts, on="group", how="left")
    table["in_register"] = table["in_register"].fillna(0).astype(int)
    table["missing"] = np.where(table["families"] >= table["in_register"], table["families"] - table["in_register"], np.nan)
    table["percent"] = table["missing"].div(table["families"]).mul(100)
    without = int(register["group"].isna().sum())
    if without > 0:
        last = pd.DataFrame({"group": ["not known"], "families": [np.nan], "in_register": [without], "missing": [np.nan], "percent": [np.nan]})
        table = pd.concat([table, last], ignore_index=True)
    return table
