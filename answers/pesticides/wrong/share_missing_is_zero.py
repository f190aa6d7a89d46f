# shows: A point that nobody knows gets a share of 0.
# loses: [check_area_share]
# teaches: Nobody knows where this point is. Is it then known to be far away?
# %% area_share
def area_share(section: str, longitude: float, latitude: float, radius: float, epsg: int) -> float:
    if not radius > 0:
        raise ValueError(f"a distance lies above 0 metres: {radius} does not")
    if math.isnan(longitude) or math.isnan(latitude):
        return 0.0
    degrees = gpd.GeoSeries([shapely.from_wkt(section), shapely.Point(longitude, latitude)], crs=4326)
    shape, point = degrees.to_crs(epsg)
    return shape.intersection(point.buffer(radius)).area / shape.area
