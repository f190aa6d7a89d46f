# shows: The point is made with the latitude first.
# loses: [check_area_share]
# teaches: A point is x first, then y. Which of longitude and latitude is x?
# %% area_share
def area_share(section: str, longitude: float, latitude: float, radius: float, epsg: int) -> float:
    if not radius > 0:
        raise ValueError(f"a distance lies above 0 metres: {radius} does not")
    if math.isnan(longitude) or math.isnan(latitude):
        return math.nan
    degrees = gpd.GeoSeries([shapely.from_wkt(section), shapely.Point(latitude, longitude)], crs=4326)
    shape, point = degrees.to_crs(epsg)
    return shape.intersection(point.buffer(radius)).area / shape.area
