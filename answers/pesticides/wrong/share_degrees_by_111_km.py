# shows: Metres are turned into degrees with one number for both axes, which is right at the equator only.
# loses: [check_area_share]
# teaches: A degree of longitude is shorter away from the equator. Let the projection do it.
# %% area_share
def area_share(section: str, longitude: float, latitude: float, radius: float, epsg: int) -> float:
    if not radius > 0:
        raise ValueError(f"a distance lies above 0 metres: {radius} does not")
    if math.isnan(longitude) or math.isnan(latitude):
        return math.nan
    degrees = gpd.GeoSeries([shapely.from_wkt(section), shapely.Point(longitude, latitude)], crs=4326)
    shape, point = degrees
    return shape.intersection(point.buffer(radius / 111_320)).area / shape.area
