# shows: The radius in metres is drawn around a point in degrees, so every section lies within it.
# loses: [check_area_share]
# teaches: Your buffer is drawn in degrees. How many metres is one degree?
# %% area_share
def area_share(section: str, longitude: float, latitude: float, radius: float, epsg: int) -> float:
    if not radius > 0:
        raise ValueError(f"a distance lies above 0 metres: {radius} does not")
    if math.isnan(longitude) or math.isnan(latitude):
        return math.nan
    degrees = gpd.GeoSeries([shapely.from_wkt(section), shapely.Point(longitude, latitude)], crs=4326)
    shape, point = degrees
    return shape.intersection(point.buffer(radius)).area / shape.area
