# shows: The buffer is a square around the point, and not a circle.
# loses: [check_area_share]
# teaches: How far from the point is the corner of your buffer?
# %% area_share
def area_share(section: str, longitude: float, latitude: float, radius: float, epsg: int) -> float:
    if not radius > 0:
        raise ValueError(f"a distance lies above 0 metres: {radius} does not")
    if math.isnan(longitude) or math.isnan(latitude):
        return math.nan
    degrees = gpd.GeoSeries([shapely.from_wkt(section), shapely.Point(longitude, latitude)], crs=4326)
    shape, point = degrees.to_crs(epsg)
    return shape.intersection(point.buffer(radius).envelope).area / shape.area
